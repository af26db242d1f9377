import { createHash } from 'node:crypto';

/** Tokens that a model read and wrote. */
export interface TokenUse {
  input: number;
  output: number;
  /** The service did not say: counted by the length of the texts. */
  estimated: boolean;
}

export const NO_TOKENS: TokenUse = { input: 0, output: 0, estimated: false };

/** `written` by a model, or `picked`: sentences of the transcript itself. */
export type SummaryWay = 'written' | 'picked';

/** What a transcript comes down to. */
export interface Summary {
  jobId: string;
  /** As in the `SUMMARIZERS` setting. */
  driver: string;
  /** Model and host, for people to read. */
  madeBy: string;
  way: SummaryWay;
  /** Plain text. Made of what anybody may have said: untrusted. */
  text: string;
  /** Of the words it was made from: another one, and it is out of date. */
  digest: string;
  use: TokenUse;
  createdAt: Date;
}

/** The same for the same words. */
export function digestOfWords(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

export function together(a: TokenUse, b: TokenUse): TokenUse {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    estimated: a.estimated || b.estimated,
  };
}

/** How many tokens a text has, roughly and rather too many: most languages have more characters for each. */
export function estimatedTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3);
}

/** The calendar month in UTC that use is counted by: `2031-07`. */
export function monthOf(time: Date): string {
  return time.toISOString().slice(0, 7);
}

/** When the next month begins. */
export function nextMonth(time: Date): Date {
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 1));
}
