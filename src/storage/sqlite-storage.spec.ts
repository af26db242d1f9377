import { describeAnswerStore } from '../../test/contracts/storage/answer-store.contract';
import { describeFairOrder } from '../../test/contracts/storage/fair-order.contract';
import { describeJobArchive } from '../../test/contracts/storage/job-archive.contract';
import { describeJobAttempts } from '../../test/contracts/storage/job-attempts.contract';
import { describeJobIntake } from '../../test/contracts/storage/job-intake.contract';
import { describeJobTransitions } from '../../test/contracts/storage/job-transitions.contract';
import { describeSmallStores } from '../../test/contracts/storage/small-stores.contract';
import { StorageUnderTest } from '../../test/contracts/storage/storage-under-test';
import { openTestStorage } from '../../test/support/storage';

const sqlite: StorageUnderTest = {
  open: () => openTestStorage(),
  openAgain: ({ dataDir }) => openTestStorage(dataDir),
};

describe('SQLite', () => {
  describeJobTransitions(sqlite);
  describeJobIntake(sqlite);
  describeJobAttempts(sqlite);
  describeFairOrder(sqlite);
  describeAnswerStore(sqlite);
  describeJobArchive(sqlite);
  describeSmallStores(sqlite);
});
