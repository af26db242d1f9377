/** One setting of the simulation. */
export interface Load {
  queue: 'embedded' | 'bull';
  database: 'sqlite' | 'postgresql';
  /** Notes spoken in a chat, whose answers a bot delivers, or files sent by REST. */
  kind: 'api' | 'chat';
  /** Processes with the `worker` role; each listens to two notes at a time. */
  workers: number;
  /** Jobs that wait from the beginning; 0 = they come in one by one, at half of what the workers can do. */
  backlog: number;
  /** How long a note takes to be heard, in milliseconds, on average. */
  hearingMs: number;
}

/** What came of it. Times are milliseconds. */
export interface Measured extends Load {
  seconds: number;
  done: number;
  perSecond: number;
  /** What the slots could do if nothing but hearing took time. */
  idealPerSecond: number;
  /** From coming in to being begun, of the notes that came in meanwhile. */
  wait?: { p50: number; p95: number; p99: number };
  /** Per job that was done. */
  job: {
    statements: number;
    /** From sending to answer, all statements together. */
    statementMs: number;
    redisCommands: number;
    /** In Redis itself. */
    redisMs: number;
    chatRequests: number;
    /** Processor time. */
    cpu: { database: number; redis: number; workers: number; bot: number; api: number };
  };
}

/** Notes that one process of hark listens to at a time. */
export const SLOTS = 2;
