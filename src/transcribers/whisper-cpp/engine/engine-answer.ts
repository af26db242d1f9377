import { z } from 'zod';

/**
 * What a whisper.cpp server answers with `response_format=verbose_json`, as far as it is used. Times are seconds. Its
 * `words` are tokens; numbers that are not finite arrive as null.
 */
const token = z.object({
  word: z.string(),
  start: z.number().nullish(),
  end: z.number().nullish(),
  probability: z.number().nullish(),
});

const segment = z.object({
  text: z.string(),
  start: z.number().nullish(),
  end: z.number().nullish(),
  words: z.array(token).nullish(),
});

export const engineAnswer = z.object({
  /** English name in lower case, e.g. `german`. */
  language: z.string().nullish(),
  segments: z.array(segment),
});

export type EngineSegment = z.infer<typeof segment>;
export type EngineAnswer = z.infer<typeof engineAnswer>;
