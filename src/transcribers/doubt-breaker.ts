import { IBreaker } from 'cockatiel';
import { Blame } from './blame';

/** Doubts in a row that are as good as certainty: so many recordings are not bad one after the other. */
const ENOUGH = 3;

/** Opens when it is certain that the back end is to blame, and when it fails again and again. */
export class DoubtBreaker implements IBreaker {
  state = 0;

  /** Tells what the next failure weighs. */
  add(blame: Exclude<Blame, 'none'>): void {
    this.state += blame === 'certain' ? ENOUGH : 1;
  }

  success(): void {
    this.state = 0;
  }

  failure(): boolean {
    return this.state >= ENOUGH;
  }
}
