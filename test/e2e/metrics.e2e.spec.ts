import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { MetricsPage } from '../../src/core/metrics-page';
import { Telemetry } from '../../src/core/telemetry';
import { ApiClient } from '../support/api-client';
import { DiscordScene, note } from '../support/discord-scene';
import { Scraped } from '../support/metrics';
import { alertRules, dashboardQueries, metricsIn } from '../support/monitoring';
import { OpenAiServer } from '../support/openai-server/openai-server';
import { RunningService, VIEWER_TOKEN, startService } from '../support/service-in-process';

describe('the metrics', () => {
  let engine: OpenAiServer;
  let service: RunningService;
  let api: ApiClient;
  const nothing = createServer((_, response) => response.writeHead(404).end());

  beforeAll(async () => {
    nothing.listen(0, '127.0.0.1');
    await once(nothing, 'listening');
    engine = await OpenAiServer.start();
    service = await startService({
      TRANSCRIBERS: 'openai',
      OPENAI_BASE_URL: engine.url,
      OPENAI_MODEL: 'whisper-1',
      REUSE_DAYS: '7',
      MAX_MEDIA_BYTES: '1MiB',
      MEDIA_ALLOW_HOSTS: `127.0.0.1:${(nothing.address() as AddressInfo).port}`,
    });
    api = new ApiClient(service.url);
  });
  afterAll(async () => {
    await service.close();
    await engine.stop();
    nothing.close();
  });

  const scrape = async (): Promise<Scraped> => new Scraped((await api.as(null).call('GET', '/metrics')).text);

  it('are all there from the start, at 0, and need no token', async () => {
    const { status, headers, text } = await api.as(null).call('GET', '/metrics');
    expect([status, headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/plain; version=/),
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
    const scraped = new Scraped(text);
    expect(scraped.value('hark_notes_total{platform="api",outcome="speech"}')).toBe(0);
    expect(scraped.value('hark_notes_refused_total{platform="discord",code="quota_jobs_per_hour"}')).toBe(0);
    expect(scraped.value('hark_stage_seconds_count{stage="deliver"}')).toBe(0);
    expect(scraped.value('hark_engine_restarts_total{reason="died"}')).toBe(0);
    expect(scraped.value('hark_platform_rate_limits_total{platform="slack"}')).toBe(0);
    expect(scraped.value('hark_queue_waiting{lane="transcription"}')).toBe(0);
    expect(scraped.value('hark_back_end_in_use{back_end="openai"}')).toBe(1);
    expect(scraped.value('hark_part_up{part="database"}')).toBe(1);
    expect(scraped.value('process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('count each note once: by what came of it, how long it was and how long it took', async () => {
    await api.ended((await api.note('01-en.ogg')).body.id);
    await api.ended((await api.note('01-en.ogg')).body.id);
    const { port } = nothing.address() as AddressInfo;
    await api.ended((await api.link({ url: `http://127.0.0.1:${port}/gone.ogg` })).body.id);
    const scraped = await scrape();
    const seconds = scraped.value('hark_audio_seconds_total{platform="api"}');
    expect(seconds).toBeGreaterThan(1);
    expect(seconds).toBeLessThan(30);
    for (const [series, value] of Object.entries({
      'hark_notes_received_total{platform="api"}': 3,
      'hark_notes_total{platform="api",outcome="speech"}': 2,
      'hark_notes_total{platform="api",outcome="failed"}': 1,
      'hark_note_failures_total{code="link_not_found"}': 1,
      'hark_notes_reused_total{platform="api"}': 1,
      hark_attempts_total: 3,
      hark_leader: 1,
      'hark_stage_seconds_count{stage="wait"}': 2,
      'hark_stage_seconds_count{stage="download"}': 1,
      'hark_stage_seconds_count{stage="decode"}': 1,
      'hark_stage_seconds_count{stage="engine"}': 1,
      hark_real_time_factor_count: 1,
      'hark_note_seconds_count{platform="api"}': 2,
    }))
      expect([series, scraped.value(series)]).toEqual([series, value]);
  });

  it('count what is refused before it is a note, each once: by the API’s calls and by OpenAI’s', async () => {
    const content = (bytes: number, text = ' ') => ({ name: 'a.wav', content: Buffer.alloc(bytes, text) });
    // One of them by what it says of its own size, the other by what comes.
    await api.upload(content(3 * 1024 * 1024));
    await api.upload(content(1024 * 1024 + 1));
    await api.upload(content(0));
    await api.upload(content(5_000, 'no sound '));
    await api.upload(content(5_000, '<!doctype html>'));
    await api.link({ url: 'http://169.254.169.254/latest' });
    const body = new FormData();
    body.set('file', new File([], 'a.wav'));
    expect((await api.call('POST', '/v1/audio/transcriptions', { body })).status).toBe(400);
    // These are no notes at all.
    await api.link({ url: 7 });
    await api.as(null).upload(content(0));
    expect((await scrape()).above0('hark_notes_refused_total')).toEqual({
      '{platform="api",code="media_too_large"}': 2,
      '{platform="api",code="media_empty"}': 2,
      '{platform="api",code="media_unsupported"}': 1,
      '{platform="api",code="media_is_html"}': 1,
      '{platform="api",code="link_refused"}': 1,
    });
  });

  it('show a back end that is out of use', async () => {
    const news = new EventEmitter();
    service.app.get(Telemetry, { strict: false }).listen(({ type }) => news.emit(type));
    const inUse = async () => (await scrape()).value('hark_back_end_in_use{back_end="openai"}');
    engine.down = { status: 401 };
    const { body } = await api.note('02-en.ogg');
    await once(news, 'back-end');
    expect(await inUse()).toBe(0);
    engine.down = undefined;
    await once(news, 'back-end');
    expect(await inUse()).toBe(1);
    await api.post(`/jobs/${body.id}/cancel`);
    expect((await scrape()).value('hark_notes_total{platform="api",outcome="cancelled"}')).toBe(1);
  });

  it('are what the shipped dashboard and alerts ask for', async () => {
    const asked = [...dashboardQueries(), ...alertRules().map(({ expr }) => expr)].flatMap(metricsIn);
    expect(new Set(asked).size).toBeGreaterThan(20);
    const { names } = await scrape();
    expect([...new Set(asked)].filter((name) => !names.has(name))).toEqual([]);
  });

  it('name nobody and nothing that was said, and no more labels than are known beforehand', async () => {
    const { body } = await api.get<{ jobs: { id: string }[] }>('/jobs');
    const { text } = await api.call('GET', '/metrics');
    for (const { id } of body.jobs) expect(text).not.toContain(id);
    for (const label of new Scraped(text).labels) expect(label).toMatch(/^[\w .:/-]{1,60}$/);
    expect(new Scraped(text).labels.size).toBeLessThan(150);
  });

  it('are for who has a token where an admin wants it so', async () => {
    const guarded = await startService({ METRICS_OPEN: 'false', ROLES: 'api,bot,worker' });
    const anybody = new ApiClient(guarded.url, null);
    expect((await anybody.call('GET', '/metrics')).status).toBe(401);
    expect((await anybody.as(VIEWER_TOKEN).call('GET', '/metrics')).text).toContain('hark_notes_total');
    await guarded.close();
  });

  it('count what is delivered in chats, what is refused there, and when a platform makes hark wait', async () => {
    const scene = await DiscordScene.open({ variables: { RATE_LIMIT_JOBS_PER_HOUR: '1' } });
    const user = scene.member('Anna of the metrics');
    const channel = scene.channel();
    const ask = (message: { id: string }) =>
      scene.server.useContextMenu({ name: 'Transcribe', message, user });
    const path = /^\/webhooks\/.*messages|^\/channels\/\d+\/messages/;
    scene.server.faults.next({ path, fault: { kind: 'rate-limit', retryAfter: 0.05 } });
    await scene.response(ask(scene.voice(channel, user)), note(0).text);
    await scene.said(ask(scene.voice(channel, user)), 'You can ask again at');
    await scene.heardEverything();
    const scraped = new Scraped(await scene.home.app.get(MetricsPage, { strict: false }).text());
    await scene.close();
    expect(scraped.value('hark_notes_total{platform="discord",outcome="speech"}')).toBe(1);
    expect(scraped.value('hark_stage_seconds_count{stage="deliver"}')).toBe(1);
    expect(scraped.value('hark_note_seconds_count{platform="discord"}')).toBe(1);
    expect(scraped.value('hark_notes_refused_total{platform="discord",code="quota_jobs_per_hour"}')).toBe(1);
    expect(scraped.value('hark_platform_rate_limits_total{platform="discord"}')).toBeGreaterThan(0);
    expect(scraped.value('hark_part_up{part="discord"}')).toBe(1);
  });
});
