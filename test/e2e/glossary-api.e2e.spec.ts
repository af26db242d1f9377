import { GlossaryView } from '../../src/api/glossaries/glossary.view';
import { JobPageView, JobView } from '../../src/api/jobs/job.view';
import { AuditPage } from '../../src/core/audit-log';
import { GlossaryStore } from '../../src/core/glossary-store';
import { PersonExport } from '../../src/core/person-export';
import { ApiClient } from '../support/api-client';
import { PromptRecorder } from '../support/prompt-recorder';
import { RunningService, VIEWER_TOKEN, startService } from '../support/service-in-process';

const HELLO = 'Hello Peter, please bring three white flowers.';
const BETTER = 'Hello Petra, please bring three white tulips!';

describe('glossaries and corrections over the API', () => {
  let engine: PromptRecorder;
  let service: RunningService;
  let api: ApiClient;
  beforeAll(async () => {
    engine = await PromptRecorder.start();
    service = await startService({ WHISPER_SERVER_URL: engine.url, REUSE_DAYS: '7' });
    api = new ApiClient(service.url);
  }, 60_000);
  afterAll(async () => {
    await service?.close();
    await engine?.[Symbol.asyncDispose]();
  });

  const submit = async (prompt?: string): Promise<JobView> => {
    const { body } = await api.note('01-en.ogg', prompt === undefined ? {} : { prompt });
    return api.ended(body.id);
  };
  const terms = async (method: 'POST' | 'DELETE', path: string, body?: object) =>
    api.send<GlossaryView>(method, `/glossaries/api/server/api${path}`, body);

  it('a term reaches the engine with what the asker says, and is heard anew for', async () => {
    expect((await submit()).reused).toBe(false);
    expect((await submit()).reused).toBe(true);
    expect(engine.prompts.splice(0)).toEqual(['']);
    const { status, body } = await terms('POST', '/terms', { terms: ['Petra', 'Köln, Zoë'] });
    expect([status, body.terms.map(({ term, used }) => [term, used])]).toEqual([
      200,
      [
        ['Köln', true],
        ['Petra', true],
        ['Zoë', true],
      ],
    ]);
    expect((await submit()).reused).toBe(false);
    expect((await submit('Ada')).reused).toBe(false);
    expect((await submit()).reused).toBe(true);
    expect(engine.prompts.splice(0)).toEqual(['Zoë, Petra, Köln.', 'Zoë, Petra, Köln. Ada']);
    for (const term of ['Petra', 'köln', 'Zoë']) await terms('DELETE', `/terms/${encodeURIComponent(term)}`);
    expect((await submit()).reused).toBe(true);
    expect(engine.prompts).toEqual([]);
  }, 60_000);

  it('what is no term, a place that is none, and a viewer are refused', async () => {
    const refused = async (path: string, body: object, token?: string) =>
      (await new ApiClient(service.url, token).send('POST', `/glossaries/${path}/terms`, body)).status;
    const fine = { terms: ['Ada'] };
    expect([
      await refused('api/server/api', { terms: ['<@1>'] }),
      await refused('api/server/other', fine),
      await refused('discord/channel/1', fine),
      await refused('discord/server/1', { terms: Array.from({ length: 200 }, (_, n) => `a${n}, b${n}`) }),
      await refused('discord/server/1', fine, VIEWER_TOKEN),
    ]).toEqual([400, 400, 400, 409, 403]);
    const { body } = await api.get<AuditPage>('/audit?action=glossary.change&limit=1');
    expect(body.entries[0]).toMatchObject({ outcome: 'refused', target: 'discord:server:1' });
  });

  it('a corrected text is what lists, searches and files give, with times that fit', async () => {
    const { id } = await submit();
    const corrected = await api.send<JobView>('PATCH', `/jobs/${id}/transcript`, { text: BETTER });
    expect([corrected.status, corrected.body.text, corrected.body.corrected?.by]).toEqual([
      200,
      BETTER,
      'admin',
    ]);
    const found = async (q: string): Promise<string[]> =>
      (await api.get<JobPageView>(`/jobs?q=${q}`)).body.jobs.map((job) => job.id);
    expect(await found('tulips')).toEqual([id]);
    expect(await found('flowers')).not.toContain(id);
    const file = async (format: string, version = 'now', token?: string) => {
      const path = `/jobs/${id}/transcript?format=${format}&version=${version}`;
      const { status, text } = await new ApiClient(service.url, token).get(path);
      return status === 200 ? text : String(status);
    };
    expect(await file('txt')).toBe(`${BETTER}\n`);
    for (const format of ['srt', 'vtt']) {
      const text = await file(format);
      expect(
        text
          .replace(/^WEBVTT|^\d+$|^.*-->.*$/gm, '')
          .split(/\s+/)
          .join(' ')
          .trim(),
      ).toBe(BETTER);
    }
    const now = JSON.parse(await file('json')) as { words: { word: string; start: number; end: number }[] };
    const heard = JSON.parse(await file('json', 'heard')) as typeof now & { text: string };
    expect(heard.text).toBe(HELLO);
    const timesOf = (of: typeof now, word: string) => {
      const found = of.words.find((one) => one.word.startsWith(word));
      return [found?.start, found?.end];
    };
    for (const [word, was] of [
      ['Hello', 'Hello'],
      ['Petra', 'Peter'],
      ['three', 'three'],
      ['tulips', 'flowers'],
    ] as const)
      expect(timesOf(now, word)).toEqual(timesOf(heard, was));
    expect([await file('txt', 'heard', VIEWER_TOKEN), await file('txt', 'now', VIEWER_TOKEN)]).toEqual([
      '403',
      `${BETTER}\n`,
    ]);
    // The same recording elsewhere was not corrected.
    expect(await submit()).toMatchObject({ reused: true, text: HELLO, corrected: null });
    const back = await api.send<JobView>('DELETE', `/jobs/${id}/transcript/correction`);
    expect([back.body.text, back.body.corrected, await found('tulips')]).toEqual([HELLO, null, []]);
  }, 60_000);

  it('a part is corrected where it is still what was seen; nothing else is', async () => {
    const { id } = await submit();
    const change = async (body: object, token?: string) =>
      (await new ApiClient(service.url, token).send('PATCH', `/jobs/${id}/transcript`, body)).status;
    expect([
      await change({ text: 'Bye.', from: 0, to: 1, insteadOf: 'something else' }),
      await change({ text: 'Bye.', from: 0, to: 99 }),
      await change({ text: '\u0000 \n' }),
      await change({ text: 7 }),
      await change({ text: 'Bye.' }, VIEWER_TOKEN),
      await change({ text: 'Bye.', from: 0, to: 1, insteadOf: HELLO }),
    ]).toEqual([409, 409, 400, 400, 403, 200]);
    expect((await api.get<JobView>(`/jobs/${id}`)).body.text).toBe('Bye.');
  }, 60_000);

  it('people get what was heard and what they suggest, and erase both', async () => {
    const { id, user } = await submit();
    await api.send('PATCH', `/jobs/${id}/transcript`, { text: BETTER });
    const store = service.app.get(GlossaryStore, { strict: false });
    const place = { platform: 'api', id: 'api' };
    await store.add(place, ['Kept'], new Date(), 9);
    const suggestion = { place, term: 'Petra', insteadOf: 'Peter', suggestedAt: new Date() };
    await store.suggest([suggestion], { jobId: id, personId: user.id }, 9);
    const path = `/people/api/${encodeURIComponent(user.id)}`;
    const { body } = await api.get<PersonExport>(`${path}/export`);
    expect(body.suggestedTerms).toMatchObject([{ place, term: 'Petra', insteadOf: 'Peter' }]);
    expect(body.recordings.find((recording) => recording.id === id)).toMatchObject({
      heard: HELLO,
      transcript: { text: BETTER, corrected: { by: 'admin' } },
    });
    await api.send('DELETE', path);
    expect([(await store.terms(place)).length, await store.suggestions(place)]).toEqual([1, []]);
    expect((await api.get<JobPageView>('/jobs?q=tulips')).body.jobs).toEqual([]);
  }, 60_000);
});
