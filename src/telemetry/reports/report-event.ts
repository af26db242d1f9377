import type { Event, StackParser } from '@sentry/core';
import { z } from 'zod';

const error = z.object({
  type: z.string(),
  message: z.string(),
  stack: z.string().optional(),
  code: z.unknown().optional(),
});
/** A line of the log, as far as it is reported: it has passed the mask, and holds nothing that was said. */
const line = z.object({
  level: z.enum(['error', 'fatal']),
  time: z.string(),
  msg: z.string().optional(),
  context: z.string().optional(),
  jobId: z.string().optional(),
  platform: z.string().optional(),
  stage: z.string().optional(),
  err: error.extend({ causes: z.array(error).optional() }).optional(),
});

/** What a file, a link or a person did is nobody's fault here. */
const OWN =
  /^(engine_|model_|job_lost|service_unavailable|storage_full|platform_unavailable|internal|[A-Z\d_]+$)/;

/** What is reported of a line of the log; undefined for lines that are no errors of hark or its surroundings. */
export function reportEvent(text: string, parse: StackParser): Event | undefined {
  const { data } = line.safeParse(JSON.parse(text));
  if (!data) return undefined;
  const { level, time, msg, context, jobId, platform, stage, err } = data;
  const code = typeof err?.code === 'string' ? err.code : undefined;
  if (code !== undefined && !OWN.test(code)) return undefined;
  const chain = err ? [err, ...(err.causes ?? [])] : [];
  return {
    level,
    timestamp: Date.parse(time) / 1_000,
    message: msg,
    logger: context,
    tags: { jobId, platform, stage, code },
    exception: {
      // The innermost comes first.
      values: chain.reverse().map(({ type, message: value, stack }) => ({
        type,
        value,
        stacktrace: stack === undefined ? undefined : { frames: parse(stack) },
      })),
    },
  };
}
