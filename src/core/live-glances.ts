/** So much that is new has to be there. */
const LEAST_NEW_SECONDS = 0.8;
/** Of a second of the engine's time this share is spent on what is still being said. */
const SHARE = 0.4;
const LEAST_PAUSE_MS = 500;

/** When to look again at what is still being said: at a bounded rate, however slow the engine. */
export class LiveGlances {
  private seenUntil = 0;
  private notBefore = 0;

  isDue(end: number): boolean {
    return end - this.seenUntil >= LEAST_NEW_SECONDS && performance.now() >= this.notBefore;
  }

  /** @param end how far it was read, in seconds */
  took(end: number, milliseconds: number): void {
    this.seenUntil = end;
    this.notBefore = performance.now() + Math.max(LEAST_PAUSE_MS, milliseconds / SHARE - milliseconds);
  }
}
