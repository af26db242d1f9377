import { Injectable } from '@nestjs/common';

/** How patient hark is with back ends, in milliseconds. */
@Injectable()
export class CircuitTimings {
  /** Bounds of the pause before a back end that failed is tested; each test that fails makes it longer. */
  readonly pauseMs: { first: number; longest: number } = { first: 1_000, longest: 60_000 };
  /** So long a back end may take to get ready when another one could listen: a model is loaded in seconds. */
  readonly readyMs: number = 15_000;
}
