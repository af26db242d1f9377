import { deflateSync } from 'node:zlib';
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

/** What OpenAI tells of the decoding; what hark does not keep has the value that means nothing in particular. */
interface Decoding {
  seek: number;
  tokens: number[];
  temperature: number;
  avg_logprob: number;
  compression_ratio: number;
  no_speech_prob: number;
}

interface VerboseSegment extends Decoding {
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

function segmentOf(segment: Segment, id: number): VerboseSegment {
  const { start, end, text, confidence } = segment;
  const own = { id, start: rounded(start), end: rounded(end), text, confidence: rounded(confidence) };
  return { ...own, ...decodingOf(segment) };
}

function decodingOf({ text, confidence }: Segment): Decoding {
  return {
    seek: 0,
    tokens: [],
    temperature: 0,
    avg_logprob: Math.log(Math.max(confidence, 1e-4)),
    compression_ratio: text === '' ? 0 : Buffer.byteLength(text) / deflateSync(text).length,
    no_speech_prob: 0,
  };
}

function wordOf({ start, end, text, confidence }: Word): VerboseWord {
  return { word: text.trim(), start: rounded(start), end: rounded(end), confidence: rounded(confidence) };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
