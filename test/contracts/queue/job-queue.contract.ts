import { describeAttempts } from './job-attempts.contract';
import { describeOrder } from './job-order.contract';
import { describeRecovery } from './queue-recovery.contract';
import { describeStopping } from './queue-stopping.contract';
import { QueueUnderTest } from './queue-under-test';
import { describeWaking } from './queue-waking.contract';

/** What every queue does, whatever carries it. */
export function jobQueueContract(open: QueueUnderTest): void {
  describeOrder(open);
  describeAttempts(open);
  describeWaking(open);
  describeRecovery(open);
  describeStopping(open);
}
