/** What a run of chaos is made of. */
export interface ChaosOptions {
  /** The same seed strikes the same parts at the same points of the run. */
  seed: number;
  jobs: number;
  /** How often a process is killed with SIGKILL, in all. */
  kills: number;
  redisRestarts: number;
  redisFlushes: number;
  databaseRestarts: number;
  queue: 'bull' | 'embedded';
  database: 'sqlite' | 'postgresql';
  workers: number;
  bots: number;
  /** A run in which nothing has moved for so long is over: what is missing then is lost. */
  patienceMs: number;
  /** For so long after the last answer nothing more may be posted. */
  quietMs: number;
  /** Where the data and the logs of all processes go. */
  folder: string;
}
