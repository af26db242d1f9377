/** How long the queue waits for what, in milliseconds. Tests shorten or stretch them. */
export class QueueTimings {
  /** Between two looks at the whole job table, which make good whatever a queue has lost. */
  readonly sweepMs: number = 60_000;
  /** After a look that failed, for instance because the database is away. */
  readonly retryMs: number = 2_000;
  /** For how long an id is not handed out again by a process whose handler threw for it. */
  readonly holdBackMs: number = 5_000;
  /** For an aborted handler to return. */
  readonly returnMs: number = 2_000;
  /** For an answer of Redis. */
  readonly redisMs: number = 1_500;
  /** For one turn at handing out; a process that dies in its turn holds the others up for so long. */
  readonly turnMs: number = 5_000;
  /** Between two signs of life of a worker; after three missed ones its slots do not count any more. */
  readonly heartbeatMs: number = 5_000;
  /** A worker claims an id in the job table within this time of taking it from Bull; shorter than any lease. */
  readonly claimMs: number = 10_000;
  /** Bull's lock on a job that a worker holds, renewed at half time; also how often Bull looks for stalled jobs. */
  readonly lockMs: number = 30_000;

  /** How long the lock of the leader lasts without being renewed: so long may its process stand still. */
  readonly leaderLifeMs: number = 12_000;
  /** Between two renewals. */
  readonly leaderRenewMs: number = 3_000;
  /** After a renewal nobody else acts as the leader for so long; a little longer than it takes to miss one. */
  readonly leaderCertainMs: number = 4_500;
  /** A new leader waits so long for one that may not have noticed yet; longer than that may think itself certain. */
  readonly leaderHandoverMs: number = 5_000;
  /** Between two tries of a process that stands by. */
  readonly leaderAskMs: number = 1_000;
  /** Between two signs of life of the leader in the database. */
  readonly leaderSeenMs: number = 10_000;

  constructor(changes: Partial<QueueTimings> = {}) {
    Object.assign(this, changes);
  }
}
