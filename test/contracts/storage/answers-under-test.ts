import { randomUUID } from 'node:crypto';
import { AnswerStore } from '../../../src/core/answer-store';
import { ReplyAddress } from '../../../src/core/voice-note';
import { spoken } from '../../support/job-stages';
import { newJob } from '../../support/new-job';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

/** A moment, so many seconds into the test's own minute. */
export const at = (seconds: number): Date => new Date(Date.UTC(2026, 1, 3, 4, 5, seconds, 67));
export const REPLY = { ids: ['1', '2'] };
export const GONE = { code: 'channel_gone', message: 'The channel is gone.' } as const;

/** What the tests of answers work with; their times are those of {@link at}. */
interface AnswersRig {
  readonly storage: TestStorage;
  readonly answers: AnswerStore;
  /** An answer of so many jobs, all running. */
  asked(count: number, replyTo?: ReplyAddress): Promise<{ id: string; jobs: string[] }>;
  /** Ends the attempt at a job. */
  end(job: string, seconds?: number): Promise<void>;
  claim(id: string, owner: string, seconds?: number): ReturnType<AnswerStore['claim']>;
  finish(id: string, owner: string, revision: number, seconds?: number): Promise<string[]>;
  /** A job's. */
  status(job: string): Promise<string | undefined>;
}

/** The address of a new message in this channel. */
export function channel(name: string): ReplyAddress {
  return { platform: 'discord', channel: name, message: randomUUID() };
}

/** A new database for each test around it. */
export function answersRig(under: StorageUnderTest): AnswersRig {
  let storage: TestStorage;
  beforeEach(async () => {
    storage = await under.open();
  });
  afterEach(() => storage.close());
  return {
    get storage() {
      return storage;
    },
    get answers() {
      return storage.answers;
    },
    asked: async (count, replyTo = channel('c')) => {
      const jobs: string[] = [];
      let id = '';
      for (let position = 0; position < count; position++) {
        const job = newJob({ replyTo });
        const { job: added } = await storage.jobs.add({
          ...job,
          note: { ...job.note, position },
          createdAt: at(0),
        });
        await storage.jobs.claim(added.id, { owner: added.id, until: at(59) }, at(1));
        jobs.push(added.id);
        id = added.answerId ?? '';
      }
      return { id, jobs };
    },
    end: async (job, seconds = 2) => void (await storage.jobs.finish(job, job, spoken(), at(seconds))),
    claim: (id, owner, seconds = 10) =>
      storage.answers.claim(id, { owner, until: at(seconds + 30) }, at(seconds)),
    finish: (id, owner, revision, seconds = 11) =>
      storage.answers.finish(id, owner, { revision, reply: REPLY, milliseconds: 8 }, at(seconds)),
    status: async (job) => (await storage.jobs.find(job))?.status,
  };
}
