import { setTimeout } from 'node:timers/promises';

/** Shows a text that grows, by edits that do not come too fast: always the newest, and never two at the same time. */
export class DraftScreen {
  private wanted?: string;
  private shown?: string;
  private working?: Promise<void>;
  private readonly over = new AbortController();

  /**
   * @param edit what goes wrong with it is only told by the last one
   * @param intervalMs least time between two edits
   */
  constructor(
    private readonly edit: (text: string) => Promise<void>,
    private readonly intervalMs: number,
  ) {}

  /** Returns at once. */
  show(text: string): void {
    this.wanted = text;
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  /** The last text; resolves when it stands there. @throws whatever the edit throws */
  async finish(text: string): Promise<void> {
    this.over.abort();
    await this.working;
    if (text !== this.shown) await this.edit(text);
  }

  private async work(): Promise<void> {
    const { signal } = this.over;
    while (!signal.aborted && this.wanted !== undefined && this.wanted !== this.shown) {
      const text = this.wanted;
      await this.edit(text).then(
        () => (this.shown = text),
        () => undefined,
      );
      await setTimeout(this.intervalMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}
