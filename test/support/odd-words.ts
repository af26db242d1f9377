import { randomBytes } from 'node:crypto';

/** All of them in a text. */
export const ODD_WORDS = /q[a-p]{16}/g;

/** A word that occurs nowhere else. */
export function oddWord(): string {
  const digits = randomBytes(8).toString('hex');
  return `q${digits.replace(/[0-9]/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '')}`;
}
