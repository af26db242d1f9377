import { AuditEvent, NOBODY } from './audit-log';

const MINUTE_MS = 60_000;
/** Who looks at the same thing again within this time is one entry. */
const READING = { windowMs: 10 * MINUTE_MS, most: 1 };
/** Refused attempts from one place, and those of strangers from everywhere. */
const REFUSED = { windowMs: MINUTE_MS, most: 10 };
const REFUSED_IN_ALL = { windowMs: MINUTE_MS, most: 100 };
/** Windows that are remembered; strangers can make as many as they like. */
const MAX_WINDOWS = 10_000;

interface Window {
  endsAt: number;
  recorded: number;
  skipped: number;
}

/**
 * Decides what is written down, so that nobody can flood the log: changes always are, repeated looks at the same thing
 * are one entry, and of refused attempts only so many a minute, with the number of the others.
 */
export class AuditBounds {
  private readonly windows = new Map<string, Window>();

  /** @param now in milliseconds. Undefined when it is not to be recorded; else how many before it were not. */
  admit({ actor, address, action, target, outcome }: AuditEvent, now: number): number | undefined {
    if (outcome === 'refused') {
      const place = this.window(JSON.stringify([actor, address]), REFUSED.windowMs, now);
      if (actor !== NOBODY) return this.take(place, place.recorded < REFUSED.most);
      const all = this.window(NOBODY, REFUSED_IN_ALL.windowMs, now);
      return this.take(place, place.recorded < REFUSED.most && all.recorded < REFUSED_IN_ALL.most, all);
    }
    if (!action.endsWith('.read')) return 0;
    const key = JSON.stringify([actor, address, action, target, outcome]);
    const window = this.window(key, READING.windowMs, now);
    return this.take(window, window.recorded < READING.most) === undefined ? undefined : 0;
  }

  private take(window: Window, admitted: boolean, all?: Window): number | undefined {
    if (!admitted) {
      window.skipped++;
      return undefined;
    }
    const { skipped } = window;
    window.skipped = 0;
    window.recorded++;
    if (all) all.recorded++;
    return skipped;
  }

  /** The present one of this name; what an ended one has skipped goes over to the next. */
  private window(key: string, windowMs: number, now: number): Window {
    const known = this.windows.get(key);
    if (known && known.endsAt > now) return known;
    const window = { endsAt: now + windowMs, recorded: 0, skipped: known?.skipped ?? 0 };
    this.windows.delete(key);
    this.windows.set(key, window);
    const [oldest] = this.windows.keys();
    if (this.windows.size > MAX_WINDOWS && oldest !== undefined) this.windows.delete(oldest);
    return window;
  }
}
