import { z } from 'zod';
import { JOB_STATUSES } from '../core/job';
import { JobEvent } from '../core/job-events';

const about = { jobId: z.string(), answerId: z.string().optional() };
const times = { start: z.number(), end: z.number(), text: z.string(), confidence: z.number() };

const posted = z.object({
  address: z.looseObject({ platform: z.string() }),
  reply: z.record(z.string(), z.unknown()),
});

// Loose, so that fields which a newer process adds survive an older one between the two.
const event: z.ZodType<JobEvent> = z.discriminatedUnion('type', [
  z.looseObject({
    ...about,
    type: z.literal('status'),
    status: z.enum(JOB_STATUSES),
    drafted: z.boolean().optional(),
    first: z.boolean().optional(),
  }),
  z.looseObject({ ...about, type: z.literal('progress'), progress: z.number() }),
  z.looseObject({
    ...about,
    type: z.literal('segments'),
    from: z.number(),
    segments: z.array(
      z.looseObject({
        ...times,
        language: z.string().optional(),
        words: z.array(z.looseObject(times)).optional(),
      }),
    ),
  }),
  z.looseObject({
    ...about,
    type: z.literal('erased'),
    posted: posted.optional(),
    summaries: z.array(posted).optional(),
  }),
]);
const message = z.object({ from: z.string(), event });

/** An event as it travels between processes, or undefined when the text is none. */
export function jobEventMessage(text: string): { from: string; event: JobEvent } | undefined {
  try {
    return message.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
