import { IBreaker } from 'cockatiel';
import { HarkError } from '../core/errors';

/** Failures in a row that are as good as certainty. */
const ENOUGH = 3;

/** How much an error speaks against the service: 0 where it comes of what was asked. */
function blameOf({ code, retryable, retryAt }: HarkError): number {
  if (code === 'summarizer_unavailable') return ENOUGH;
  // Who says when to come back means it.
  if (code === 'summarizer_busy') return retryAt ? ENOUGH : 1;
  return code.startsWith('summarizer_') && retryable ? 1 : 0;
}

/** Opens when a service says that it is of no use, and when it fails again and again. */
export class BlameBreaker implements IBreaker {
  state = 0;

  /** Whether the error speaks against the service at all. */
  add(error: HarkError): boolean {
    const blame = blameOf(error);
    this.state += blame;
    return blame > 0;
  }

  success(): void {
    this.state = 0;
  }

  failure(): boolean {
    return this.state >= ENOUGH;
  }
}
