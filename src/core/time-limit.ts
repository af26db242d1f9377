/**
 * `AbortSignal.timeout` that can be lifted: what is over in time leaves no timer behind, and nothing that hangs on one.
 *
 * @param milliseconds after which the signal fires with a `TimeoutError`
 */
export class TimeLimit {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;

  constructor(milliseconds: number) {
    const late = (): void => this.controller.abort(new DOMException('It took too long.', 'TimeoutError'));
    this.timer = setTimeout(late, milliseconds).unref();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  lift(): void {
    clearTimeout(this.timer);
  }
}
