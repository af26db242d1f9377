import { readFile } from 'node:fs/promises';
import { JobView } from '../../src/api/jobs/job.view';
import { JobEvents } from '../../src/core/job-events';
import { JobStore } from '../../src/core/job-store';
import { Segment } from '../../src/core/transcript';
import { TranscriberChain } from '../../src/transcribers/transcriber-chain';
import { ApiClient } from '../support/api-client';
import { longRecording } from '../support/long-recording';
import { NOTES } from '../support/notes';
import { RunningService, startService } from '../support/service-in-process';
import { WhisperServer } from '../support/whisper-server';

jest.setTimeout(120_000);

/** Two engines that somebody else runs: the first speaks whisper.cpp's own tongue, the second OpenAI's. */
describe('two back ends', () => {
  let [first, second]: (WhisperServer | undefined)[] = [];
  let service: RunningService;
  let api: ApiClient;
  const notes = NOTES.slice(0, 3);

  beforeAll(async () => {
    [first, second] = await Promise.all([
      WhisperServer.start('/inference'),
      WhisperServer.start('/v1/audio/transcriptions'),
    ]);
    service = await startService({
      TRANSCRIBERS: 'whisper-cpp,openai',
      WHISPER_SERVER_URL: first.url,
      OPENAI_BASE_URL: `${second.url}/v1`,
      OPENAI_MODEL: 'demo',
    });
    api = new ApiClient(service.url);
  });
  afterAll(async () => {
    await service.close();
    await Promise.all([first?.kill(), second?.kill()]);
  });

  const get = <T>(token: abstract new (...args: never[]) => T): T =>
    service.app.get(token as never, { strict: false });
  const madeBy = async ({ id }: JobView) => (await get(JobStore).transcript(id))?.madeBy;
  const read = async (file: string): Promise<JobView> => api.ended((await api.note(file)).body.id);
  const inUseAgain = async (place: number): Promise<void> => {
    const circuit = get(TranscriberChain).circuits[place];
    if (circuit?.isOpen) await circuit.closing;
  };
  const heardIn = async ({ id }: JobView): Promise<Segment[]> => get(JobStore).segments(id);
  const health = async () =>
    (await api.call<{ details: Record<string, object> }>('GET', '/health/ready')).body.details;

  const outage = () => get(TranscriberChain).outage();
  /** The jobs as they are once all are so; looked at whenever something has happened to one. */
  async function untilAll(
    jobs: readonly JobView[],
    isSo: (job: JobView) => boolean,
    holds: () => boolean,
  ): Promise<JobView[]> {
    for (;;) {
      const happened = Promise.withResolvers<void>();
      const leave = get(JobEvents).subscribe(() => happened.resolve());
      const now = await Promise.all(jobs.map(async ({ id }) => (await api.get(`/jobs/${id}`)).body));
      if (holds() && now.every(isSo)) {
        leave();
        return now;
      }
      await happened.promise.finally(leave);
    }
  }

  it('the second takes over while the first is down, and gives back after', async () => {
    const [one] = notes;
    expect(await madeBy(await read(one?.file ?? ''))).toBe('whisper.cpp demo');

    await first?.kill();
    for (const { file, text } of notes) {
      const job = await read(file);
      expect(job).toMatchObject({ status: 'done', text, attempts: 1, error: null });
      expect(await madeBy(job)).toMatch(/^demo at 127\.0\.0\.1:\d+$/);
    }
    expect(await health()).toMatchObject({
      'whisper-cpp': { state: 'warning', detail: expect.stringContaining('Out of use') },
      openai: { state: 'ok' },
    });

    await first?.start();
    await inUseAgain(0);
    const job = await read(one?.file ?? '');
    expect([job.text, await madeBy(job)]).toEqual([one?.text, 'whisper.cpp demo']);
  });

  it('what is half read when the first dies is read to its end, nothing twice and nothing lost', async () => {
    const recording = await longRecording(40);
    const file = { name: 'long.ogg', content: await readFile(recording.path) };
    const byFirst = await heardIn(await api.ended((await api.upload(file)).body.id));

    const { id } = (await api.upload(file)).body;
    const begun = Promise.withResolvers<void>();
    const leave = get(JobEvents).subscribe((event) => {
      if (event.jobId === id && event.type === 'segments') begun.resolve();
    });
    await begun.promise;
    await first?.kill();
    const job = await api.ended(id);
    leave();
    const bySecond = await heardIn(await api.ended((await api.upload(file)).body.id));
    await recording.remove();

    expect(job).toMatchObject({ status: 'done', attempts: 1 });
    // Each has its own way of listening: what the one has heard the other goes on from, at the very piece.
    const heard = await heardIn(job);
    const starts = heard.map(({ start }) => start);
    expect(starts).toEqual(starts.toSorted((one, other) => one - other));
    const words = (segments: readonly Segment[]): string[] => segments.map(({ text }) => text);
    const ways = heard.map((_, at) => [
      ...words(byFirst.slice(0, at)),
      ...words(bySecond.filter(({ end }) => end > (starts[at] ?? 0))),
    ]);
    expect(ways.slice(1)).toContainEqual(words(heard));
    expect(await madeBy(job)).toMatch(/^whisper\.cpp demo, demo at /);
    await first?.start();
    await inUseAgain(0);
  });

  it('notes wait while both are down, and none fails', async () => {
    await Promise.all([first?.kill(), second?.kill()]);
    const jobs = await Promise.all(notes.map(async ({ file }) => (await api.note(file)).body));
    const waiting = await untilAll(
      jobs,
      ({ status }) => status === 'queued',
      () => !!outage(),
    );
    expect(outage()).toMatchObject({ code: 'engine_unavailable', retryable: true });
    expect((await api.call('GET', '/health/ready')).status).toBe(503);
    expect(waiting.map(({ attempts }) => attempts)).toEqual(jobs.map(() => 0));
    expect(waiting.some(({ error }) => error?.code === 'engine_unavailable')).toBe(true);

    await second?.start();
    for (const [index, { id }] of jobs.entries()) {
      expect(await api.ended(id)).toMatchObject({ status: 'done', text: notes[index]?.text, attempts: 1 });
    }
  });
});
