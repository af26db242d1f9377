import { AnswerStore } from '../../src/core/answer-store';
import { JobStore } from '../../src/core/job-store';
import { VoiceNote } from '../../src/core/voice-note';
import { chatJob, spoken } from './job-stages';
import { chatMessage } from './new-job';
import { RunningService } from './service-in-process';

/** A note of six seconds that was read and answered, as if a chat had brought it; resolves to its job's id. */
export async function readNote(
  { app }: RunningService,
  words: string,
  note: Partial<VoiceNote>,
): Promise<string> {
  const jobs = app.get(JobStore, { strict: false });
  const { note: usual, ...job } = chatJob({ replyTo: chatMessage('general') });
  const added = await jobs.add({ ...job, note: { ...usual, ...note }, createdAt: new Date() });
  const { id, answerId = '' } = added.job;
  const lease = { owner: id, until: new Date(Date.now() + 60_000) };
  await jobs.claim(id, lease, new Date());
  await jobs.finish(id, id, spoken(words, 6), new Date());
  const answers = app.get(AnswerStore, { strict: false });
  const { revision = 0 } = (await answers.claim(answerId, lease, new Date())) ?? {};
  await answers.finish(answerId, id, { revision, reply: {}, milliseconds: 1 }, new Date());
  return id;
}
