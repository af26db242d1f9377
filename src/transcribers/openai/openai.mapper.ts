import { Segment, Word } from '../../core/transcript';
import { languageHeard, placed, Stretch } from '../stretch';
import { mean, wordsOf } from '../words';
import { OpenAiAnswer, OpenAiSegment, OpenAiWord } from './openai-answer';

/** Whisper's own rule for what is no speech: not likely to be any, and not well understood either. */
const NO_SPEECH = { probability: 0.6, logprob: -1 };

export interface Told {
  /** Code or `auto`. */
  language: string;
  translate: boolean;
}

/** The service's answer about a stretch of audio as segments of the whole. */
export function segmentsOf(answer: OpenAiAnswer, told: Told, stretch: Stretch): Segment[] {
  const said = answer.language ?? answer.languages?.[0]?.code;
  // Of a translation a service names the language that it wrote.
  const language = languageHeard(told.language, told.translate ? undefined : said);
  return timed(answer)
    .filter((segment) => segment.text.trim() !== '' && !isSilence(segment))
    .map((segment) => segmentOf(segment, language, stretch));
}

/** The answer's segments, each with its words; a mere text is one segment over the whole stretch. */
function timed(answer: OpenAiAnswer): OpenAiSegment[] {
  const { segments, words, logprobs } = answer;
  if (!segments || segments.length === 0) {
    const known = (logprobs ?? []).flatMap(({ logprob }) => logprob ?? []);
    return [{ text: answer.text ?? '', words, avg_logprob: known.length > 0 ? mean(known) : undefined }];
  }
  if (!words || words.length === 0) return segments;
  const last = segments.length - 1;
  const home = ({ start, end }: OpenAiWord): number => {
    const middle = ((start ?? 0) + (end ?? start ?? 0)) / 2;
    const found = segments.findIndex((segment) => middle < (segment.end ?? Infinity));
    return found < 0 ? last : found;
  };
  return segments.map((segment, index) => ({
    ...segment,
    words: words.filter((one) => home(one) === index),
  }));
}

function isSilence({ avg_logprob: logprob, no_speech_prob: probability }: OpenAiSegment): boolean {
  return (probability ?? 0) > NO_SPEECH.probability && (logprob ?? 0) < NO_SPEECH.logprob;
}

function segmentOf(segment: OpenAiSegment, language: string | undefined, stretch: Stretch): Segment {
  const heard = segment.words ?? [];
  const overall = confidenceOf(segment);
  const words = spelled(heard, overall, language).map((word) => placed(word, stretch));
  const sure = heard.some(({ probability }) => typeof probability === 'number');
  const times = { start: segment.start ?? 0, end: segment.end ?? stretch.seconds };
  return {
    ...placed(times, stretch),
    text: segment.text.trim(),
    confidence: sure ? mean(words.map(({ confidence }) => confidence)) : overall,
    ...(language !== undefined && { language }),
    ...(words.length > 0 && { words }),
  };
}

/** 0 to 1. A service that says nothing of how sure it is, is taken at its word. */
function confidenceOf({ avg_logprob: logprob, no_speech_prob: silence }: OpenAiSegment): number {
  const heard = Math.exp(Math.min(0, logprob ?? 0));
  return heard * (1 - Math.min(1, Math.max(0, silence ?? 0)));
}

/** Tokens, of which those that begin a word have a space before them, are put together; words stand as they are. */
function spelled(heard: readonly OpenAiWord[], overall: number, language: string | undefined): Word[] {
  const rated = heard.map((one) => ({ ...one, probability: one.probability ?? overall }));
  if (heard.some(({ word }) => word.startsWith(' '))) return wordsOf(rated, language);
  return rated
    .filter(({ word }) => word.trim() !== '')
    .map(({ word, start, end, probability }) => {
      const from = start ?? 0;
      return { text: word.trim(), start: from, end: Math.max(from, end ?? from), confidence: probability };
    });
}
