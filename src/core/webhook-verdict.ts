import { HarkError } from './errors';
import { ClaimedDelivery, DeliveryVerdict } from './webhook';
import { PostReply } from './webhook-poster';

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];
/** Before the second attempt, the third, and so on: more than three days in all. */
const DELAYS_MS = [
  ...[5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, DAY, DAY],
];
/** A webhook that nothing has reached for so long is switched off. */
const PATIENCE_MS = 3 * DAY;
const GONE = 410;

/**
 * What follows from an attempt: only 2xx is a success. A random tenth is added to each delay, so that what failed
 * together does not come back together.
 *
 * @param random 0 to 1
 */
export function verdictOn(
  delivery: ClaimedDelivery,
  result: PostReply | HarkError,
  now: Date,
  random: number = Math.random(),
): DeliveryVerdict {
  const { status, retryAt } = result instanceof HarkError ? { ...result, status: undefined } : result;
  if (status !== undefined && status >= 200 && status < 300) return { state: 'delivered', status };
  const problem = result instanceof HarkError ? result.userMessage : answered(result.status);
  const failed = { state: 'failed' as const, ...(status !== undefined && { status }), problem };
  if (delivery.event === 'ping') return failed;
  if (status === GONE)
    return { ...failed, disable: 'The server says that nobody wants these messages any more.' };
  const failingSince = delivery.failingSince ?? now;
  if (now.getTime() - failingSince.getTime() >= PATIENCE_MS)
    return { ...failed, disable: `Nothing has arrived for three days. ${problem}` };
  const delay = DELAYS_MS[delivery.attempts - 1];
  if (delay === undefined) return failed;
  const nextMs = Math.max(now.getTime() + delay * (1 + random / 10), retryAt?.getTime() ?? 0);
  return { ...failed, state: 'waiting', nextAt: new Date(Math.round(nextMs)) };
}

function answered(status: number): string {
  const redirect = status >= 300 && status < 400;
  return redirect
    ? `The server answered ${status}, and redirects are not followed.`
    : `The server answered ${status}.`;
}
