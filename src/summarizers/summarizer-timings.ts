import { Injectable } from '@nestjs/common';
import { Settings } from '../settings/settings';

/** How patient hark is with services that sum up, in milliseconds. */
@Injectable()
export class SummarizerTimings {
  /** For one question with all tries at it. */
  readonly requestMs: number;
  /** Further tries, the pause before the first of them, and the longest pause that a service may ask for. */
  readonly retries: { most: number; firstMs: number; longestMs: number } = {
    most: 2,
    firstMs: 500,
    longestMs: 10_000,
  };
  /** Bounds of the time for which a service that failed is not asked; each further failure makes it longer. */
  readonly pauseMs: { first: number; longest: number } = { first: 30_000, longest: 600_000 };

  constructor({ summaries }: Settings) {
    this.requestMs = summaries.timeoutSeconds * 1_000;
  }
}
