import { JobPageView } from '../../src/api/jobs/job.view';
import { ProblemView } from '../../src/api/problems/problem.view';
import { StatsView } from '../../src/api/stats/stats.view';
import { JobEvents } from '../../src/core/job-events';
import { JobStore } from '../../src/core/job-store';
import { Answer, ApiClient, HeardEvent } from '../support/api-client';
import { spoken } from '../support/job-stages';
import { newJob } from '../support/new-job';
import { NOTES } from '../support/notes';
import { TestRedis, startRedis } from '../support/redis';
import { RunningService, VIEWER_TOKEN, startService } from '../support/service-in-process';

const ENGLISH = NOTES[0]!;

describe('the API in a process of its own', () => {
  let redis: TestRedis;
  let service: RunningService;
  let api: ApiClient;
  let viewer: ApiClient;
  let jobs: JobStore;

  beforeAll(async () => {
    redis = await startRedis();
    service = await startService({ ROLES: 'api', REDIS_URL: redis.url });
    jobs = service.app.get(JobStore, { strict: false });
    api = new ApiClient(service.url);
    viewer = api.as(VIEWER_TOKEN);
  });
  afterAll(async () => {
    await service.close();
    await redis.stop();
  });

  it('lets go of a client that leaves', async () => {
    const { body } = await api.note(ENGLISH.file);
    const events = service.app.get(JobEvents, { strict: false });
    const subscribe = events.subscribe.bind(events);
    const left = Promise.withResolvers<void>();
    jest.spyOn(events, 'subscribe').mockImplementationOnce((listener) => {
      const unsubscribe = subscribe(listener);
      return () => {
        unsubscribe();
        left.resolve();
      };
    });
    const source = api.listen(body.id, () => source.close());
    await left.promise;
    await api.call('DELETE', `/api/v1/jobs/${body.id}`);
  });

  it('cancels, queues again and erases what no worker has begun', async () => {
    const { body } = await api.note(ENGLISH.file);
    const early = await api.get<ProblemView>(`/jobs/${body.id}/transcript`);
    expect([early.status, early.body.code]).toEqual([409, 'transcript_not_ready']);

    const listening = api.events(body.id);
    const cancelled = await api.post(`/jobs/${body.id}/cancel`);
    expect([cancelled.status, cancelled.body.status]).toEqual([200, 'cancelled']);
    expect((await listening).at(-1)).toMatchObject({ type: 'cancelled', data: { id: body.id, text: null } });
    const twice = await api.post<ProblemView>(`/jobs/${body.id}/cancel`);
    expect([twice.status, twice.body.code]).toEqual([409, 'job_state_conflict']);

    const retried = await api.post(`/jobs/${body.id}/retry`);
    expect([retried.status, retried.body.status]).toEqual([200, 'queued']);
    expect(await service.temporaryFiles()).toHaveLength(1);

    const begun = Promise.withResolvers<void>();
    const erasure = api.events(body.id, begun.resolve);
    await begun.promise;
    expect((await api.call('DELETE', `/api/v1/jobs/${body.id}`)).status).toBe(204);
    expect((await erasure).at(-1)).toMatchObject({ type: 'cancelled', data: { id: body.id, erased: true } });
    expect((await api.get<ProblemView>(`/jobs/${body.id}`)).body.code).toBe('job_not_found');
    await service.cleared();
  });

  it('shows a private transcript to the admin only', async () => {
    const job = newJob();
    const source = { kind: 'link' as const, url: 'https://example.org/s/Zanzibar/note.ogg' };
    const { id } = (await jobs.add({ ...job, note: { ...job.note, source, private: true } })).job;
    const owner = 'test:private';
    await jobs.claim(id, { owner, until: new Date(Date.now() + 60_000) }, new Date());
    await jobs.finish(id, owner, spoken('Zanzibar is my secret.'), new Date());

    expect((await viewer.get(`/jobs/${id}`)).body).toMatchObject({
      private: true,
      status: 'done',
      text: null,
      // Whoever has the link can listen to it.
      source: { kind: 'link' },
    });
    const refused = await viewer.get<ProblemView>(`/jobs/${id}/transcript`);
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    expect(JSON.stringify(await viewer.events(id))).not.toContain('Zanzibar');
    expect((await viewer.get<JobPageView>('/jobs?q=zanzibar')).body.jobs).toEqual([]);
    expect((await viewer.get('/jobs?limit=200')).text).not.toContain('Zanzibar');

    expect((await api.get<JobPageView>('/jobs?q=zanzibar')).body.jobs).toHaveLength(1);
    expect(JSON.stringify(await api.events(id))).toContain('Zanzibar');
    expect((await api.get(`/jobs/${id}/transcript`)).text).toBe('Zanzibar is my secret.\n');
  });

  it('hides what of a source is secret', async () => {
    const link = 'https://ada:hunter2@example.org/notes/a.ogg?X-Signature=topsecret#token';
    const job = newJob();
    const { id } = (await jobs.add({ ...job, note: { ...job.note, source: { kind: 'link', url: link } } }))
      .job;
    const attachment = {
      kind: 'attachment' as const,
      platform: 'discord',
      ids: { message: 'topsecret' },
      name: 'voice-message.ogg',
    };
    const other = (await jobs.add({ ...newJob(), note: { ...job.note, source: attachment } })).job;
    expect((await viewer.get(`/jobs/${id}`)).body.source).toEqual({
      kind: 'link',
      url: 'https://example.org/notes/a.ogg',
    });
    expect((await viewer.get(`/jobs/${other.id}`)).body.source).toEqual({
      kind: 'attachment',
      name: 'voice-message.ogg',
    });
    for (const each of [id, other.id]) await jobs.erase(each);
  });

  it('stays up without its queue, and says so', async () => {
    await redis.kill();
    const { status, body } = await api.get<StatsView>('/stats');
    expect([status, body.queue]).toEqual([200, { transcription: null, delivery: null }]);
    expect(body.queueNote).toMatch(/\.$/);
    const ready = await api.call<{ status: string }>('GET', '/health/ready');
    expect([ready.status, ready.body.status]).toEqual([503, 'error']);
    expect((await api.call('GET', '/health/live')).status).toBe(200);
    await redis.start();
  });

  it('hears what a worker elsewhere does', async () => {
    const { body } = await api.note('05-de.ogg');
    const heard: HeardEvent[] = [];
    const done = Promise.withResolvers<void>();
    const source = api.listen(body.id, (event) => {
      heard.push(event);
      if (event.type === 'done') done.resolve();
    });
    const worker = await startService({
      ROLES: 'worker,bot',
      REDIS_URL: redis.url,
      DATA_DIR: service.dataDir,
    });
    await done.promise;
    source.close();
    await worker.close();
    const text = NOTES.find(({ file }) => file === '05-de.ogg')?.text;
    expect(heard.at(-1)?.data).toMatchObject({ status: 'done', text });
    const segments = heard.filter(({ type }) => type === 'segment');
    expect(segments.map(({ data }) => data.text).join(' ')).toBe(text);
    expect(segments.map(({ data }) => data.number)).toEqual(segments.map((_, index) => index));
    await service.cleared();
  });

  it('stops a loop that has gone wild, and nobody else', async () => {
    const statuses = new Map<number, number>();
    let refused: Answer<ProblemView> | undefined;
    for (let calls = 0; calls < 620 && !refused; calls += 20) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => viewer.get<ProblemView>('/jobs?limit=1')),
      );
      for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      refused = answers.find(({ status }) => status === 429);
    }
    expect(statuses.get(200)).toBeLessThanOrEqual(600);
    expect(refused?.body.code).toBe('too_many_requests');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused?.body.retryAfter).toBe(Number(refused?.headers.get('retry-after')));
    expect((await api.get('/jobs')).status).toBe(200);
  });
});
