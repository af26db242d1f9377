import { randomUUID } from 'node:crypto';
import { JobStatus, TranscriptionJob } from '../../src/core/job';
import { AttemptResult, NewJob } from '../../src/core/job-store';
import { TestStorage } from './storage';
import { chatMessage, newJob } from './new-job';

const SPOKEN = 'Grüße aus Köln, the kettle is singing.';

export function spoken(text = SPOKEN, seconds = 4): AttemptResult {
  const segment = { start: 0, end: seconds, text, confidence: 0.9, language: 'de' };
  return {
    outcome: 'speech',
    transcript: { text, language: 'de', languageDetected: true, segments: [segment], seconds },
    media: { format: 'ogg/opus', bytes: 4_000, seconds },
    timings: { download: 1, decode: 2, engine: 400 },
  };
}

export function lease(now = new Date(), owner = `test:${randomUUID()}`): { owner: string; until: Date } {
  return { owner, until: new Date(now.getTime() + 60_000) };
}

export function chatJob(options: Parameters<typeof newJob>[0] = {}): NewJob {
  return newJob({ replyTo: chatMessage(`channel-${randomUUID()}`), ...options });
}

/** A job that has come as far as `status`, by the stores' own doing, and the owner of its last attempt. */
export async function jobIn(
  storage: TestStorage,
  status: JobStatus,
  chat: boolean,
): Promise<{ id: string; owner: string; answerId?: string }> {
  const { jobs, answers } = storage;
  const { job } = await jobs.add(chat ? chatJob() : newJob());
  const { id, answerId } = job;
  const now = new Date();
  const { owner, until } = lease(now);
  const reached = { id, owner, answerId };
  if (status === 'queued') return reached;
  if (status === 'cancelled') return expectMoved(await jobs.cancel(id, now), reached);
  expectMoved(await jobs.claim(id, { owner, until }, now), reached);
  if (status === 'running') return reached;
  if (status === 'failed') {
    return expectMoved(await jobs.fail(id, { code: 'media_empty', message: 'Empty.' }, now, owner), reached);
  }
  expectMoved(await jobs.finish(id, owner, spoken(), now), reached);
  if (status === 'delivering' || answerId === undefined) return reached;
  const delivery = lease(now);
  const claimed = await answers.claim(answerId, delivery, now);
  if (!claimed) throw new Error('The answer was not due.');
  const { revision } = claimed;
  await answers.finish(answerId, delivery.owner, { revision, reply: { posted: 1 }, milliseconds: 7 }, now);
  return reached;
}

function expectMoved<T>(job: TranscriptionJob | undefined, reached: T): T {
  if (!job) throw new Error('The job did not move.');
  return reached;
}
