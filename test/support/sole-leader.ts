import { Interruption } from '../../src/core/interruption';
import { Duty, Leadership, Standing, Term } from '../../src/core/leadership';

/** Leads from `begin` on, for as long as a test wants it to: there is nobody else. */
export class SoleLeader extends Leadership {
  term: Term | undefined;
  private readonly duties: Duty[] = [];
  private readonly stop = new AbortController();

  assume(duty: Duty): void {
    this.duties.push(duty);
  }

  begin(): void {
    const { signal } = this.stop;
    const term = { number: 1, since: new Date(), signal, confirm: () => this.confirm() };
    this.term = term;
    for (const duty of this.duties) void duty(term);
  }

  confirm(): Promise<void> {
    return Promise.resolve();
  }

  owes(): void {
    // Nobody comes after it.
  }

  standing(): Promise<Standing> {
    return Promise.resolve({ state: this.term ? 'leading' : 'standing-by' });
  }

  resign(): Promise<void> {
    this.stop.abort(new Interruption('shutdown'));
    this.term = undefined;
    return Promise.resolve();
  }
}
