import { createHash } from 'node:crypto';
import { NOTES, samplesOf } from '../notes';

/** What is said in some audio, as the service hears it. */
export interface Spoken {
  text: string;
  /** Code. */
  language: string;
  english?: string;
}

/** Understands audio. */
export type Ears = (samples: Int16Array) => Spoken;

/** Says the same of everything. */
export function alwaysHearing(text: string, language = 'en'): Ears {
  return () => ({ text, language });
}

/** Knows these sample notes, and hears nothing in all else. */
export function knowing(...files: string[]): Ears {
  const known = new Map(
    NOTES.filter(({ file }) => files.includes(file)).map((note) => [fingerprint(samplesOf(note.file)), note]),
  );
  return (samples) => known.get(fingerprint(samples)) ?? { text: '', language: 'en' };
}

/** Of its first second, so that silence behind it makes no difference. */
function fingerprint(samples: Int16Array): string {
  const second = samples.subarray(0, 16_000);
  return createHash('sha256')
    .update(Buffer.from(second.buffer, second.byteOffset, second.byteLength))
    .digest('hex');
}
