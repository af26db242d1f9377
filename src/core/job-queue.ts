/** `transcription` carries job ids, `delivery` carries answer ids. */
export const LANES = ['transcription', 'delivery'] as const;
export type Lane = (typeof LANES)[number];

/** Does the work behind one id. It never throws for a failed job: that is in the job table by then. */
export type LaneHandler = (id: string, signal: AbortSignal) => Promise<void>;

export interface LaneDepth {
  /** In the job table and due. */
  waiting: number;
  /** In the hands of a worker. */
  active: number;
}

/**
 * Hands ids from the job table to workers: at most a few ahead of each worker slot, in the table's own fair order.
 * It holds nothing that the table does not: what a queue loses is handed out again.
 */
export abstract class JobQueue {
  /** Something may be ready in the lane. Returns at once and never throws; an outage is made good by the next sweep. */
  abstract wake(lane: Lane): void;
  /** Begins to work on a lane with so many ids at a time, unless this process is at work on it already. */
  abstract work(lane: Lane, slots: number, handler: LaneHandler): Promise<void>;
  /** Takes no more ids of the lane, aborts as `stop` does, and may be told to work on it again. */
  abstract rest(lane: Lane, deadlineMs: number): Promise<void>;
  /** @throws HarkError `service_unavailable` when the queue does not answer. */
  abstract depth(lane: Lane): Promise<LaneDepth>;
  /** Takes no more; aborts what still runs after `deadlineMs` and waits until it has returned. */
  abstract stop(deadlineMs: number): Promise<void>;
}
