import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SummaryListView, SummaryView } from '../../src/api/summaries/summary.view';
import { StatsView } from '../../src/api/stats/stats.view';
import { Answer, ApiClient } from '../support/api-client';
import { ChatCompletionsServer } from '../support/language-models/chat-completions-server';
import { MessagesServer } from '../support/language-models/messages-server';
import { LONG_TALK } from '../support/long-talk';
import { OpenAiServer } from '../support/openai-server/openai-server';
import { alwaysHearing } from '../support/openai-server/spoken';
import { RunningService, startService, VIEWER_TOKEN } from '../support/service-in-process';
import { summarySettings } from '../support/summarizers';

const VOICE = readFileSync(join(__dirname, '../support/audio/01-en.ogg'));

describe('summaries over the API', () => {
  let ears: OpenAiServer;
  let openai: ChatCompletionsServer;
  let anthropic: MessagesServer;
  let service: RunningService;
  let api: ApiClient;
  let id: string;

  beforeAll(async () => {
    ears = await OpenAiServer.start({ ears: alwaysHearing(LONG_TALK) });
    openai = await new ChatCompletionsServer().start();
    anthropic = await new MessagesServer().start();
    service = await startService({
      TRANSCRIBERS: 'openai',
      OPENAI_BASE_URL: ears.url,
      OPENAI_MODEL: 'whisper-1',
      ...summarySettings({ openai, anthropic }),
    });
    api = new ApiClient(service.url);
    ({ id } = await api.ended((await api.upload({ name: 'talk.ogg', content: VOICE })).body.id));
  });
  afterAll(async () => {
    await service.close();
    await Promise.all([ears.stop(), openai.stop(), anthropic.stop()]);
  });

  const ask = (body?: object, of = id): Promise<Answer<SummaryView & { code: string }>> =>
    api.post(`/jobs/${of}/summary`, {
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const list = async (client = api): Promise<SummaryListView> =>
    (await client.get<SummaryListView>(`/jobs/${id}/summary`)).body;

  it('are not there at first, and tell who could write one', async () => {
    expect(await list()).toEqual({ summaries: [], drivers: ['openai', 'anthropic', 'demo'] });
  });

  it('are written once for all who ask at the same time, and kept', async () => {
    const gate = Promise.withResolvers<void>();
    openai.scenes.push({ words: ['Greta brings', ' bread. @everyone'], gate: gate.promise });
    const asked = [ask(), ask({}), ask({ driver: 'openai' })];
    await openai.until(() => openai.questions.length === 1);
    gate.resolve();
    const answers = await Promise.all(asked);
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toMatchObject({
        text: 'Greta brings bread. @everyone',
        way: 'written',
        driver: 'openai',
        stale: false,
        tokens: { input: 120, output: 30, estimated: false },
      });
    }
    expect((await ask()).body).toEqual(answers[0]?.body);
    expect(openai.questions).toHaveLength(1);
    expect(openai.questions[0]?.transcript).toBe(LONG_TALK);
    expect(openai.refused).toEqual([]);
    expect(await list(api.as(VIEWER_TOKEN))).toMatchObject({ summaries: [{ text: answers[0]?.body.text }] });
  });

  it('are written by whom the caller wants', async () => {
    expect((await ask({ driver: 'anthropic' })).body).toMatchObject({ driver: 'anthropic', way: 'written' });
    expect((await ask({ driver: 'demo' })).body).toMatchObject({
      way: 'picked',
      tokens: { input: 0, output: 0, estimated: false },
    });
    expect((await list()).summaries.map(({ driver }) => driver).sort()).toEqual([
      'anthropic',
      'demo',
      'openai',
    ]);
    expect(await ask({ driver: 'nobody' })).toMatchObject({ status: 400, body: { code: 'field_invalid' } });
  });

  it('are out of date once the words were corrected, and written anew', async () => {
    const before = openai.questions.length;
    const corrected = LONG_TALK.replace('Greta brings', 'Grete brings');
    const patched = await api.call('PATCH', `/api/v1/jobs/${id}/transcript`, {
      body: JSON.stringify({ text: corrected }),
      headers: { 'content-type': 'application/json' },
    });
    expect(patched.status).toBe(200);
    expect((await list()).summaries.map(({ stale }) => stale)).toEqual([true, true, true]);
    expect((await ask()).body.stale).toBe(false);
    expect(openai.questions).toHaveLength(before + 1);
    expect(openai.questions.at(-1)?.transcript).toBe(corrected);
  });

  it('are for admins to ask for, and written down', async () => {
    const refused = await api.as(VIEWER_TOKEN).post<{ code: string }>(`/jobs/${id}/summary`);
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const log = await api.get<{ entries: { action: string; target: string; outcome: string }[] }>('/audit');
    const entries = log.body.entries.filter(({ action }) => action.startsWith('summary.'));
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'summary.write', target: id, outcome: 'done' }),
    );
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'summary.read', target: id, outcome: 'done' }),
    );
  });

  it('say why there is none', async () => {
    const other = await api.ended((await api.upload({ name: 'other.ogg', content: VOICE })).body.id);
    anthropic.scenes.push({ declines: 'No.' });
    expect(await ask({ driver: 'anthropic' }, other.id)).toMatchObject({
      status: 422,
      body: { code: 'summary_refused' },
    });
    anthropic.scenes.push({ status: 429, headers: { 'retry-after': '120' } });
    expect(await ask({ driver: 'anthropic' }, other.id)).toMatchObject({
      status: 503,
      body: { code: 'summarizer_busy' },
    });
    const asked = anthropic.questions.length;
    const open = await ask({ driver: 'anthropic' }, other.id);
    expect(open).toMatchObject({ status: 503, body: { code: 'summarizer_unavailable' } });
    expect(Number(open.headers.get('retry-after'))).toBeGreaterThan(60);
    expect(anthropic.questions).toHaveLength(asked);
    expect(await ask({}, '00000000-0000-7000-8000-000000000000')).toMatchObject({ status: 404 });
  });

  it('are counted', async () => {
    const { summaries } = (await api.get<StatsView>('/stats')).body;
    // Two by one service, one by the other, and one that was declined.
    expect(summaries).toMatchObject({ summaries: 4, input: 480, output: 120, estimated: false });
    const person = await api.get<{ summaries: object[] }>('/people/api/admin/export');
    expect(person.body.summaries).toEqual([{ ...summaries }]);
    const { text } = await api.call('GET', '/metrics');
    expect(text).toContain('hark_summaries_total{driver="openai",outcome="written"} 2');
    expect(text).toContain('hark_summaries_total{driver="anthropic",outcome="summary_refused"} 1');
    expect(text).toContain('hark_summary_tokens_total{driver="openai",direction="input"} 240');
    expect(text).toContain('hark_summarizer_in_use{driver="anthropic"} 0');
  });

  it('go with their job', async () => {
    await api.call('DELETE', `/api/v1/jobs/${id}`);
    expect((await api.get(`/jobs/${id}/summary`)).status).toBe(404);
  });
});

describe('summaries that nobody has set up', () => {
  it('are off, and say so', async () => {
    const ears = await OpenAiServer.start({ ears: alwaysHearing(LONG_TALK) });
    const service = await startService({
      TRANSCRIBERS: 'openai',
      OPENAI_BASE_URL: ears.url,
      OPENAI_MODEL: 'whisper-1',
    });
    const api = new ApiClient(service.url);
    const { id } = await api.ended((await api.upload({ name: 'talk.ogg', content: VOICE })).body.id);
    expect((await api.get(`/jobs/${id}/summary`)).body).toEqual({ summaries: [], drivers: [] });
    expect(await api.post(`/jobs/${id}/summary`)).toMatchObject({
      status: 409,
      body: { code: 'summaries_off' },
    });
    await service.close();
    await ears.stop();
  });
});
