import { AdjustableClock } from './clock';

/** Discord counts its ids' time from the first second of 2015. */
const EPOCH = 1_420_070_400_000n;

/** Hands out ids as Discord's: unique, rising, with their time in the upper bits. */
export class Snowflakes {
  #lastMs = 0n;
  #sequence = 0n;

  constructor(private readonly clock: AdjustableClock) {}

  next(): string {
    const ms = BigInt(this.clock.now()) - EPOCH;
    if (ms > this.#lastMs) {
      this.#lastMs = ms;
      this.#sequence = 0n;
    } else {
      this.#sequence += 1n;
    }
    return ((this.#lastMs << 22n) | this.#sequence).toString();
  }
}

/** Whatever carries an id, or the id itself. */
export type Ref = string | { id: string };

export function idOf(ref: Ref): string {
  return typeof ref === 'string' ? ref : ref.id;
}
