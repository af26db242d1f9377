import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JobPageView } from '../../src/api/jobs/job.view';
import { ProblemView } from '../../src/api/problems/problem.view';
import { StatsView } from '../../src/api/stats/stats.view';
import { ApiClient, HeardEvent, fileNameIn } from '../support/api-client';
import { sendHalf } from '../support/half-upload';
import { NOTES } from '../support/notes';
import { RunningService, VIEWER_TOKEN, startService } from '../support/service-in-process';
import { RATE, wavHeader } from '../support/sounds';

const ENGLISH = NOTES[0]!;

describe('the REST API, from the file to the text', () => {
  let service: RunningService;
  let api: ApiClient;
  let viewer: ApiClient;

  beforeAll(async () => {
    service = await startService();
    api = new ApiClient(service.url);
    viewer = api.as(VIEWER_TOKEN);
  });
  afterAll(() => service.close());

  it.each(NOTES)('reads $file word for word', async ({ file, language, text, seconds }) => {
    const { status, headers, body } = await api.note(file);
    expect([status, body.status]).toEqual([202, 'queued']);
    expect(headers.get('location')).toBe(`/api/v1/jobs/${body.id}`);

    const job = await api.ended(body.id);
    expect(job).toMatchObject({
      status: 'done',
      outcome: 'speech',
      progress: 1,
      text,
      language,
      error: null,
    });
    expect(job.media.name).toBe(file);
    expect(job.media.seconds).toBeCloseTo(seconds, 0);
    expect((await viewer.get(`/jobs/${body.id}`)).body).toEqual(job);
  });

  it.each(NOTES.filter(({ english }) => english !== undefined))('translates $file', async (note) => {
    const { body } = await api.note(note.file, { language: 'German', translate: 'true' });
    expect((await api.ended(body.id)).text).toBe(note.english);
  });

  it('keeps no audio once it has been read', async () => {
    await api.ended((await api.note(ENGLISH.file)).body.id);
    await service.cleared();
  });

  describe('the event stream', () => {
    it('tells the same to those who were there and to those who come late', async () => {
      const { body } = await api.note('05-de.ogg');
      const live = await api.events(body.id);
      const late = await api.events(body.id);
      const segments = (heard: HeardEvent[]) =>
        heard.filter(({ type }) => type === 'segment').map(({ data }) => data);
      expect(segments(late)).toEqual(segments(live));
      expect(segments(live).map(({ number }) => number)).toEqual(segments(live).map((_, index) => index));
      expect(live.at(-1)).toMatchObject({
        type: 'done',
        data: {
          id: body.id,
          text: segments(live)
            .map(({ text }) => text)
            .join(' '),
        },
      });
      expect(late.at(-1)).toEqual(live.at(-1));
    });

    it('tells a client that has heard the end not to come again', async () => {
      const { body } = await api.note(ENGLISH.file);
      const last = (await api.events(body.id)).at(-1)!;
      const path = `/api/v1/jobs/${body.id}/events`;
      expect((await api.call('GET', path, { headers: { 'Last-Event-ID': last.id } })).status).toBe(204);
    });
  });

  describe('transcripts', () => {
    it.each([
      ['txt', 'text/plain; charset=utf-8', /^Hello Peter, please bring three white flowers\.\n$/],
      ['srt', 'application/x-subrip; charset=utf-8', /^1\n00:00:0\d,\d{3} --> 00:00:0\d,\d{3}\nHello Peter/],
      ['vtt', 'text/vtt; charset=utf-8', /^WEBVTT\n\n00:00:0\d\.\d{3} --> 00:00:0\d\.\d{3}\nHello Peter/],
      ['json', 'application/json; charset=utf-8', /"words": \[/],
    ])('come as %s', async (format, type, content) => {
      const { body } = await api.note(ENGLISH.file);
      await api.ended(body.id);
      const { headers, text } = await viewer.get(`/jobs/${body.id}/transcript?format=${format}`);
      expect(text).toMatch(content);
      expect(headers.get('content-type')).toBe(type);
      expect(headers.get('content-disposition')).toBe(`attachment; filename=01-en.${format}`);
      expect(headers.get('cache-control')).toBe('no-store');
    });

    it.each([
      ['../../etc/passwd.ogg', 'passwd.txt'],
      ['C:\\notes\\über uns.ogg', 'über uns.txt'],
      ['a"b\r\nX-Evil: 1.ogg', 'a"bX-Evil: 1.txt'],
      ['.ogg', undefined],
    ])('have harmless names: %j', async (name, expected) => {
      const content = await readFile(join(__dirname, '../support/audio', ENGLISH.file));
      const { body } = await api.upload({ name, content });
      await api.ended(body.id);
      const { headers } = await viewer.get(`/jobs/${body.id}/transcript`);
      expect(headers.get('x-evil')).toBeNull();
      expect(fileNameIn(headers)).toBe(expected ?? `transcript-${body.id}.txt`);
    });
  });

  describe('the list', () => {
    it('finds words, and pages through all jobs without a double', async () => {
      await api.ended((await api.note('04-en.ogg')).body.id);
      const { body } = await viewer.get<JobPageView>(
        '/jobs?q=thomas%20friday&status=done,failed&platform=api',
      );
      expect(body.jobs.map(({ text }) => text)).toContain(
        NOTES.find(({ file }) => file === '04-en.ogg')?.text,
      );

      const ids: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: { body: JobPageView } = await viewer.get<JobPageView>(
          `/jobs?limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        );
        ids.push(...page.body.jobs.map(({ id }) => id));
        cursor = page.body.nextCursor;
      }
      const { jobs } = (await viewer.get<StatsView>('/stats')).body;
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBe(Object.values(jobs).reduce((sum, count) => sum + count, 0));
    });

    it.each([
      ['limit=0', 'limit'],
      ['limit=201', 'limit'],
      ['limit=many', 'limit'],
      ['status=finished', 'status'],
      ['since=yesterday', 'since'],
      ['until=2025-W01', 'until'],
      ['cursor=bm90LW91cnM', 'cursor'],
      ['q=', 'q'],
      ['qq=x', 'qq'],
    ])('says what is wrong with ?%s', async (query, field) => {
      const { status, body } = await api.get<ProblemView>(`/jobs?${query}`);
      expect([status, body.code, body.errors?.[0]?.field]).toEqual([400, 'field_invalid', field]);
    });
  });

  describe('the idempotency key', () => {
    it('gives the same job for the same request, and one only', async () => {
      const key = { 'Idempotency-Key': 'same-request' };
      const answers = await Promise.all([1, 2, 3, 4].map(() => api.note(ENGLISH.file, {}, key)));
      expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
      const ids = new Set(answers.map(({ body }) => body.id));
      expect(ids.size).toBe(1);
      await api.ended([...ids][0]!);
      await service.cleared();
    });

    it('is refused for another request', async () => {
      const key = { 'Idempotency-Key': 'other-request' };
      await api.ended((await api.note(ENGLISH.file, {}, key)).body.id);
      for (const answer of [
        await api.note('02-en.ogg', {}, key),
        await api.note(ENGLISH.file, { language: 'en' }, key),
      ]) {
        expect([answer.status, (answer.body as unknown as ProblemView).code]).toEqual([
          422,
          'idempotency_conflict',
        ]);
      }
      await service.cleared();
    });

    it.each(['', 'with space', 'x'.repeat(256)])('must be one: "%s"', async (key) => {
      const answer = await api.link<ProblemView>(
        { url: 'https://example.org/a.ogg' },
        { 'Idempotency-Key': key },
      );
      expect([answer.status, answer.body.code]).toEqual([400, 'field_invalid']);
    });
  });

  describe('steering', () => {
    it('cancels, tries again and erases', async () => {
      // Too long to be done before it is cancelled.
      const bytes = 20 * 60 * RATE * 2;
      const content = Buffer.concat([wavHeader(bytes), Buffer.alloc(bytes, 7)]);
      const { body } = await api.upload({ name: 'long.wav', content });
      const cancelled = await api.post(`/jobs/${body.id}/cancel`);
      expect([cancelled.status, cancelled.body.status]).toEqual([200, 'cancelled']);
      const again = await api.post<ProblemView>(`/jobs/${body.id}/cancel`);
      expect([again.status, again.body.code]).toEqual([409, 'job_state_conflict']);
      expect((await api.events(body.id)).at(-1)).toMatchObject({ type: 'cancelled', data: { id: body.id } });

      const retried = await api.post(`/jobs/${body.id}/retry`);
      expect([retried.status, retried.body.status]).toEqual([200, 'queued']);
      expect((await api.call('DELETE', `/api/v1/jobs/${body.id}`)).status).toBe(204);
      const gone = await api.get<ProblemView>(`/jobs/${body.id}`);
      expect([gone.status, gone.body.code]).toEqual([404, 'job_not_found']);
      expect((await api.call<ProblemView>('DELETE', `/api/v1/jobs/${body.id}`)).body.code).toBe(
        'job_not_found',
      );
    });

    it.each(['cancel', 'retry', 'events', 'transcript', ''])('knows no job that is not: %s', async (call) => {
      for (const id of ['01890000-0000-7000-8000-000000000000', 'nonsense', '%00', 'a%2Fb']) {
        const method = call === 'cancel' || call === 'retry' ? 'POST' : 'GET';
        const { status, body } = await api.call<ProblemView>(method, `/api/v1/jobs/${id}/${call}`);
        expect([id, status, body.code]).toEqual([id, 404, 'job_not_found']);
      }
    });
  });

  it('sums up', async () => {
    const { body } = await viewer.get<StatsView>('/stats');
    expect(body.queue).toEqual({
      transcription: { waiting: expect.any(Number), active: expect.any(Number) },
      delivery: { waiting: 0, active: 0 },
    });
    expect(body.jobs.done).toBeGreaterThan(16);
    expect(body.audioSeconds).toBeGreaterThan(40);
    expect(body.realTimeFactor).toBeGreaterThan(0);
    expect(body.platforms.api?.jobs).toBeGreaterThan(16);
  });

  it('does not leave anything of an upload that broke off', async () => {
    await sendHalf(service, api);
    expect(await service.temporaryFiles()).toEqual([]);
  });
});
