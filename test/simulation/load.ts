/** One setting of the simulation. */
export interface Load {
  queue: 'embedded' | 'bull';
  database: 'sqlite' | 'postgresql';
  /** Notes spoken in a chat, whose answers a bot delivers, or files sent by REST. */
  kind: 'api' | 'chat';
  /** Processes with the `worker` role, or what they could do; as in life, each listens to one note at a time. */
  workers: number;
  /** How long a note takes to be heard, in milliseconds, on average. */
  hearingMs: number;
  /** The same seed gives the same notes and the same times of hearing. */
  seed: number;
}

/** `half`: notes come in one by one, half as many as the workers can hear. `full`: more wait than they can hear. */
type Pressure = 'half' | 'full';

/** What came of it. Times are milliseconds. */
export interface Measured extends Load {
  pressure: Pressure;
  seconds: number;
  done: number;
  perSecond: number;
  /** What the workers could do if nothing but hearing took time. */
  idealPerSecond: number;
  /** Of all processors, how much stood still, as a share; what others do on this machine counts as busy. */
  idle: number;
  /** From coming in to being begun, of the notes that came in meanwhile. */
  wait?: { p50: number; p95: number; p99: number };
  /** Per job that was done. */
  job: PerJob;
}

export interface PerJob {
  statements: number;
  /** From sending to answer, all statements together. */
  statementMs: number;
  redisCommands: number;
  /** In Redis itself. */
  redisMs: number;
  chatRequests: number;
  /** Processor time. Where hark is one process, all of it counts as the worker's. */
  cpu: { database: number; redis: number; workers: number; bot: number; api: number };
}

/** Notes a second that the workers could do if nothing but hearing took time. */
export function idealPerSecond({ workers, hearingMs }: Load): number {
  return (workers * 1000) / hearingMs;
}
