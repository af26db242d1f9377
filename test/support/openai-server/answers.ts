import { languageName } from '../../../src/core/languages';
import { AudioRequest } from './request-rules';
import { Spoken } from './spoken';

interface Timed {
  start: number;
  end: number;
}

/** The answer in the form that was asked for, as OpenAI's models give it. */
export function answerTo(
  { endpoint, fields, samples }: AudioRequest,
  spoken: Spoken,
): Record<string, unknown> {
  const translated = endpoint === 'translations';
  const text = translated ? (spoken.english ?? spoken.text) : spoken.text;
  if (fields.response_format?.[0] !== 'verbose_json') {
    const logprobs = words(text).map((token) => ({ token, logprob: -0.1, bytes: [...Buffer.from(token)] }));
    return { text, ...(fields['include[]'] && { logprobs }), usage: { type: 'duration', seconds: 1 } };
  }
  const duration = samples.length / 16_000;
  const sentences = text.match(/[^.?!]+[.?!]*/g)?.map((sentence) => sentence.trim()) ?? [];
  const asked = fields['timestamp_granularities[]'] ?? ['segment'];
  return {
    task: translated ? 'translate' : 'transcribe',
    language: translated ? 'english' : languageName(spoken.language).toLowerCase(),
    duration,
    text,
    ...(asked.includes('segment') && { segments: segmentsOf(sentences, duration) }),
    ...(asked.includes('word') && { words: wordsOf(text, duration) }),
  };
}

function segmentsOf(sentences: readonly string[], duration: number): object[] {
  const length = sentences.join('').length;
  let at = 0;
  return sentences.map((sentence, id) => {
    const start = (at / length) * duration;
    at += sentence.length;
    const times: Timed = { start, end: (at / length) * duration };
    return {
      id,
      seek: 0,
      ...times,
      text: ` ${sentence}`,
      temperature: 0,
      avg_logprob: -0.2,
      no_speech_prob: 0.01,
    };
  });
}

/** OpenAI's words have neither spaces nor marks, and stand beside the segments. */
function wordsOf(text: string, duration: number): object[] {
  const all = words(text);
  return all.map((word, index) => ({
    word: word.replace(/[^\p{L}\p{N}'’-]/gu, ''),
    start: (index / all.length) * duration,
    end: ((index + 1) / all.length) * duration,
  }));
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
