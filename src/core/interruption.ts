/**
 * Why work on an id was stopped from outside; the reason of its `AbortSignal`. Not a failure of the work:
 * `shutdown`, `deposed`, `lease-lost` and `yielded` (to short work: it turned out long, or its sound does not come; or to a note, for it only improves a draft) leave the id to another attempt,
 * `cancelled` has ended it already.
 */
export class Interruption extends Error {
  constructor(readonly why: 'shutdown' | 'deposed' | 'lease-lost' | 'yielded' | 'cancelled') {
    super(`interrupted: ${why}`);
    this.name = 'Interruption';
  }
}
