import { Segment, Transcript, Word } from './transcript';

/** A transcript in the shape of OpenAI's `verbose_json`, with hark's own confidence (0 to 1). Times are seconds. */
export interface VerboseJson {
  task: TranscriptTask;
  /** ISO 639-1 code; null when nothing was said. */
  language: string | null;
  duration: number;
  text: string;
  segments: VerboseSegment[];
  /** Missing when the engine gave no words' times. */
  words?: VerboseWord[];
}

export type TranscriptTask = 'transcribe' | 'translate';

interface VerboseSegment {
  id: number;
  start: number;
  end: number;
  text: string;
  confidence: number;
}

interface VerboseWord {
  word: string;
  start: number;
  end: number;
  confidence: number;
}

export function toVerboseJson(transcript: Transcript, task: TranscriptTask): VerboseJson {
  const { text, language, segments, seconds } = transcript;
  const words = segments.flatMap((segment) => segment.words ?? []).map(wordOf);
  return {
    task,
    language: language ?? null,
    duration: rounded(seconds),
    text,
    segments: segments.map(segmentOf),
    ...(words.length > 0 && { words }),
  };
}

function segmentOf({ start, end, text, confidence }: Segment, id: number): VerboseSegment {
  return { id, start: rounded(start), end: rounded(end), text, confidence: rounded(confidence) };
}

function wordOf({ start, end, text, confidence }: Word): VerboseWord {
  return { word: text.trim(), start: rounded(start), end: rounded(end), confidence: rounded(confidence) };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
