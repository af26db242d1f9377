import { language, say } from './words';

/** With the habits of the browser's country, where it is of the page's language. */
const locale = navigator.languages.find((each) => each.startsWith(language)) ?? language;

const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });

/** The time for what was today, else the day. */
export function shortTime(iso: string, now = new Date()): string {
  const date = new Date(iso);
  return date.toDateString() === now.toDateString() ? time.format(date) : day.format(date);
}

export function timeOfDay(iso: string): string {
  return time.format(new Date(iso));
}

export function dayOf(iso: string): string {
  return day.format(new Date(iso));
}

export function fullTime(iso: string): string {
  return moment.format(new Date(iso));
}

/** `1:05`, `1:02:03`. */
export function clock(seconds: number): string {
  const all = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const padded = String(rest).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${padded}` : `${minutes}:${padded}`;
}

/** `320 ms`, `4.2 s`, `3 min`. */
export function span(milliseconds: number): string {
  if (milliseconds < 1000) return `${whole.format(milliseconds)} ms`;
  if (milliseconds < 90_000) return `${number.format(milliseconds / 1000)} s`;
  if (milliseconds < 90 * 60_000) return `${number.format(milliseconds / 60_000)} min`;
  return `${number.format(milliseconds / 3_600_000)} h`;
}

export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  if (count < 1_000_000) return `${number.format(count / 1000)} kB`;
  if (count < 1_000_000_000) return `${number.format(count / 1_000_000)} MB`;
  return `${number.format(count / 1_000_000_000)} GB`;
}

export function count(value: number): string {
  return whole.format(value);
}

export function decimal(value: number): string {
  return number.format(value);
}

/** `de` → `German`, in the page's language. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

const PLATFORMS: Record<string, string> = { discord: 'Discord', slack: 'Slack', api: 'API' };

export function platformName(platform: string): string {
  return platform === 'cli' ? say('platform.cli') : (PLATFORMS[platform] ?? platform);
}
