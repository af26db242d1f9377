import { Logger } from '@nestjs/common';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { spoken } from '../../test/support/job-stages';
import { chatMessage, newJob } from '../../test/support/new-job';
import { TestStorage, openTestStorage } from '../../test/support/storage';
import { LocalJobEvents } from '../queue/local-job-events';
import { Attempt } from './attempts.service';
import { AttemptOutcomeService } from './attempt-outcome.service';
import { AudioService } from './audio.service';
import { HarkError } from './errors';
import { Draft, TranscriptionJob } from './job';
import { Interruption } from './interruption';
import { JobChangesService } from './job-changes.service';
import { JobEvent } from './job-events';
import { JobQueue, Lane } from './job-queue';
import { AttemptResult } from './job-store';
import { OutageService } from './outage.service';
import { Policy } from './policy';
import { Telemetry } from './telemetry';

const OUTAGE = new HarkError('service_unavailable', 'The database does not answer.', { retryable: true });
const RESULT: AttemptResult = {
  outcome: 'no_speech',
  transcript: { text: '', languageDetected: false, segments: [], seconds: 1 },
  media: { seconds: 1 },
  timings: {},
};

const DRAFT: Draft = {
  transcript: { ...spoken('A draft.').transcript, madeBy: 'a small model' },
  media: { seconds: 4 },
};

describe('what an attempt came to, with a database that goes away while it is stored', () => {
  let storage: TestStorage;
  let outcome: AttemptOutcomeService;
  let woken: Lane[];
  let heard: (string | undefined)[];
  let told: JobEvent[];
  beforeEach(async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation();
    storage = await openTestStorage();
    woken = [];
    heard = [];
    told = [];
    const policy = { outlastsOutages: true, maxAttempts: 1, keepAudioDays: 1 } as Policy;
    const events = new LocalJobEvents();
    events.subscribe((event: JobEvent) => heard.push('status' in event ? event.status : undefined));
    events.subscribe((event) => told.push(event));
    const queue = { wake: (lane: Lane) => woken.push(lane) } as unknown as JobQueue;
    const audio = new AudioService(storage.uploads, storage.archive, policy);
    const changes = new JobChangesService(events, queue, audio, new Telemetry());
    outcome = new AttemptOutcomeService(
      storage.jobs,
      changes,
      policy,
      { now: () => new Date() },
      new OutageService(policy),
    );
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await storage.close();
  });

  const begin = async (): Promise<Attempt> => {
    const { id } = (await storage.jobs.add(newJob({ replyTo: chatMessage('voices') }))).job;
    const lease = { owner: 'here', until: new Date(Date.now() + 60_000) };
    const job = await storage.jobs.claim(id, lease, new Date());
    if (!job) throw new Error('It is not to be had.');
    const { signal } = new AbortController();
    return { job, owner: 'here', signal, giveWay: () => undefined, end: () => undefined };
  };
  /** It commits, and the connection breaks before it says so. */
  const breakAfter = (
    method: 'finish' | 'fail' | 'saveDraft',
    then = (_: TranscriptionJob): unknown => undefined,
  ): void => {
    const { jobs } = storage;
    const real = jobs[method].bind(jobs) as (...args: unknown[]) => Promise<TranscriptionJob | undefined>;
    jest.spyOn(jobs, method).mockImplementationOnce(async (...args: unknown[]) => {
      const job = await real(...args);
      if (job) await then(job);
      throw OUTAGE;
    });
  };
  const kept = async (): Promise<{ id: string; bytes: number }> =>
    storage.uploads.save(Readable.from(['x']), 9);

  const stored = (): Promise<string[]> => readdir(join(storage.dataDir, 'uploads'));

  it('wakes the delivery of what is stored, and keeps the audio that belongs to it', async () => {
    const attempt = await begin();
    const audio = await kept();
    breakAfter('finish');
    await outcome.done(attempt, { ...RESULT, audio });
    expect(await storage.jobs.find(attempt.job.id)).toMatchObject({
      status: 'delivering',
      audio: { id: audio.id },
    });
    expect([woken, heard]).toEqual([expect.arrayContaining(['delivery']), ['delivering']]);
    expect(await stored()).toEqual([audio.id]);
  });

  it('keeps the audio also where the job has gone on meanwhile', async () => {
    const attempt = await begin();
    const audio = await kept();
    breakAfter('finish', ({ id }) => storage.jobs.cancel(id, new Date()));
    await outcome.done(attempt, { ...RESULT, audio });
    expect(await stored()).toEqual([audio.id]);
    expect(heard).toEqual([]);
  });

  it('removes the audio of what is somebody else’s by now, or erased', async () => {
    const attempt = await begin();
    const audio = await kept();
    jest.spyOn(storage.jobs, 'finish').mockRejectedValueOnce(OUTAGE);
    await storage.jobs.takeBack(
      [{ id: attempt.job.id, owner: 'here', until: attempt.job.createdAt }],
      new Date(),
    );
    await storage.jobs.erase(attempt.job.id);
    await outcome.done(attempt, { ...RESULT, audio });
    expect(await stored()).toEqual([]);
    expect(woken).toEqual([]);
  });

  /** The second attempt at a job of which there is a draft. */
  const improve = async (): Promise<Attempt> => {
    const first = await begin();
    await outcome.drafted(first, DRAFT);
    expect([woken, heard]).toEqual([['transcription'], ['queued']]);
    const lease = { owner: 'here', until: new Date(Date.now() + 60_000) };
    const job = await storage.jobs.claim(first.job.id, lease, new Date());
    return { ...first, job: job! };
  };

  it('is the draft, where the chosen model cannot listen', async () => {
    const attempt = await improve();
    await outcome.stopped(attempt, new HarkError('engine_failed', 'It cannot.'));
    const { id } = attempt.job;
    expect(await storage.jobs.find(id)).toMatchObject({ status: 'delivering', text: 'A draft.' });
    expect(await storage.jobs.transcript(id)).toMatchObject({ madeBy: 'a small model' });
  });

  it.each([
    'speaker_opted_out',
    'message_gone',
    'media_gone',
    'channel_gone',
    'link_not_found',
    'quota_audio_minutes',
    'internal',
  ] as const)('is never the draft where the note may not be read, or is gone: %s', async (code) => {
    const attempt = await improve();
    await outcome.stopped(attempt, new HarkError(code, 'No.'));
    const job = await storage.jobs.find(attempt.job.id);
    expect([job?.status, job?.text, job?.draft]).toEqual(['failed', undefined, undefined]);
  });

  it('tells of a draft once, and of a note that goes first only while it does', async () => {
    const improved = await improve();
    const [interrupted, waiting] = [await begin(), await begin()];
    const yielded = new Interruption('yielded');
    await outcome.stopped(improved, yielded);
    await outcome.stopped(interrupted, yielded);
    await outcome.stopped(waiting, new HarkError('engine_unavailable', 'Not now.', { retryable: true }));
    const { answerId } = improved.job;
    const news = { type: 'status', status: 'queued' };
    expect(told).toEqual([
      { ...news, jobId: improved.job.id, answerId, drafted: true },
      { ...news, jobId: improved.job.id, answerId },
      { ...news, jobId: interrupted.job.id, answerId: interrupted.job.answerId, first: true },
      { ...news, jobId: waiting.job.id, answerId: waiting.job.answerId },
    ]);
  });

  it('tells of a draft also where the database does not say that it has it', async () => {
    breakAfter('saveDraft');
    await improve();
  });

  it('says when there was a draft, with the other times', async () => {
    const attempt = await improve();
    await outcome.done(attempt, { ...RESULT, timings: { engine: 7 } });
    const { timings } = (await storage.jobs.find(attempt.job.id))!;
    expect(timings).toMatchObject({ engine: 7, draft: expect.any(Number) });
  });

  it('wakes the delivery of a failure, too', async () => {
    const attempt = await begin();
    breakAfter('fail');
    await outcome.stopped(attempt, new HarkError('media_empty', 'It is empty.'));
    expect([woken, heard]).toEqual([expect.arrayContaining(['delivery']), ['failed']]);
  });
});
