export interface FuzzOptions {
  seed: number;
  count: number;
  /** Number of the first input. */
  first: number;
  /** Share that goes in by HTTP. */
  http: number;
  /** Inputs at the same time. */
  parallel: number;
}
