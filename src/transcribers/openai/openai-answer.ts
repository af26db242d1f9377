import { z } from 'zod';

/**
 * What an OpenAI-compatible service answers, as far as it is used; `text` alone for `json`, the rest for
 * `verbose_json`. Times are seconds. OpenAI has the words beside the segments, whisper.cpp and faster-whisper have
 * theirs within them, with probabilities.
 *
 * @see https://platform.openai.com/docs/api-reference/audio/createTranscription
 */
const word = z.object({
  word: z.string(),
  start: z.number().nullish(),
  end: z.number().nullish(),
  probability: z.number().nullish(),
});

const segment = z.object({
  text: z.string(),
  start: z.number().nullish(),
  end: z.number().nullish(),
  avg_logprob: z.number().nullish(),
  no_speech_prob: z.number().nullish(),
  words: z.array(word).nullish(),
});

export const openAiAnswer = z
  .object({
    text: z.string().nullish(),
    /** A name (`german`) or a code. */
    language: z.string().nullish(),
    languages: z.array(z.object({ code: z.string() })).nullish(),
    segments: z.array(segment).nullish(),
    words: z.array(word).nullish(),
    logprobs: z.array(z.object({ logprob: z.number().nullish() })).nullish(),
  })
  .refine(
    ({ text, segments }) => typeof text === 'string' || Array.isArray(segments),
    'neither text nor segments',
  );

export type OpenAiWord = z.infer<typeof word>;
export type OpenAiSegment = z.infer<typeof segment>;
export type OpenAiAnswer = z.infer<typeof openAiAnswer>;
