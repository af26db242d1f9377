import { SlackClock } from './slack-clock';

/** About one message a second a channel, short bursts allowed (docs: rate limits). Off unless `enforce` is set. */
export class SlackPostRate {
  /** How many messages may come at once before the rest must wait; undefined: no limit. */
  enforce?: { burst: number };
  /** Posts that came too fast, whether refused or, with nothing enforced, let through. */
  tooFast = 0;
  private readonly channels = new Map<string, { tokens: number; at: number }>();

  constructor(private readonly clock: SlackClock) {}

  /** Seconds to wait when this post is refused. */
  refuse(method: string, channel: string | undefined): number | undefined {
    if (method !== 'chat.postMessage' || !channel) return undefined;
    const burst = this.enforce?.burst ?? 1;
    const now = this.clock.now();
    const last = this.channels.get(channel) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, last.tokens + (now - last.at) / 1000);
    const allowed = tokens >= 1;
    if (!allowed) this.tooFast += 1;
    this.channels.set(channel, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed || !this.enforce ? undefined : 1;
  }
}
