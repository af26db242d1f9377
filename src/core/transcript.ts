/** Of words and segments that the engine was less sure of, people are told that they may be wrong. */
export const DOUBTFUL = 0.4;

/** A word with its times, in seconds from the start of the whole audio, and the engine's confidence, 0 to 1. */
export interface Word {
  start: number;
  end: number;
  text: string;
  confidence: number;
}

/** A stretch of speech. Times are seconds from the start of the whole audio; confidence is 0 to 1. */
export interface Segment {
  start: number;
  end: number;
  text: string;
  confidence: number;
  /** ISO 639-1 code that the engine heard or was told. */
  language?: string;
  words?: Word[];
}

/** Of the person who spoke, of whoever asked for the transcript, or of an admin: nobody's name is kept with it. */
export type CorrectedBy = 'author' | 'asker' | 'admin';

export interface Correction {
  by: CorrectedBy;
  at: Date;
}

/** What was said. */
export interface Transcript {
  text: string;
  language?: string;
  /** Whether the engine found the language out by itself. */
  languageDetected: boolean;
  segments: Segment[];
  /** Which back end and model listened, for people to read. */
  madeBy?: string;
  /** Length of the audio in seconds, as decoded. */
  seconds: number;
  /** The text is somebody's, not the engine's. */
  corrected?: Correction;
}

/** Segments' text as one line of prose. */
export function textOf(segments: readonly Segment[]): string {
  return segments
    .map((segment) => segment.text.trim())
    .filter((text) => text !== '')
    .join(' ');
}

/** The language that most of the speech is in, by seconds, or undefined when no segment names one. */
export function mainLanguage(segments: readonly Segment[]): string | undefined {
  const seconds = new Map<string, number>();
  for (const { language, start, end } of segments) {
    if (language !== undefined) seconds.set(language, (seconds.get(language) ?? 0) + end - start);
  }
  return [...seconds].sort((a, b) => b[1] - a[1])[0]?.[0];
}
