import { randomBytes } from 'node:crypto';
import { SlackClock } from './slack-clock';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Makes ids and timestamps that look like Slack's. */
export class SlackIds {
  private lastMicros = 0;

  constructor(private readonly clock: SlackClock) {}

  /** A message's ts: seconds and microseconds, unique and always larger than the one before. */
  ts(): string {
    this.lastMicros = Math.max(this.clock.now() * 1000, this.lastMicros + 1);
    const seconds = Math.floor(this.lastMicros / 1e6);
    return `${seconds}.${String(this.lastMicros % 1e6).padStart(6, '0')}`;
  }

  /** An id of eleven characters: `C0…`, `U0…`, `F0…`. */
  id(prefix: string): string {
    const body = [...randomBytes(9)].map((byte) => alphabet[byte % alphabet.length]).join('');
    return `${prefix}0${body}`.slice(0, Math.max(11, prefix.length + 9));
  }

  /** Random letters and digits, for tokens, tickets and addresses. */
  secret(length = 24): string {
    return randomBytes(length).toString('hex').slice(0, length);
  }

  /** `13345224609.738474920.8088930838d88f008e0` in form. */
  triggerId(): string {
    const digits = () => String(Math.floor(Math.random() * 1e12)).padStart(12, '1');
    return `${digits()}.${digits()}.${this.secret(32)}`;
  }
}
