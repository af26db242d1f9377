import { ApiClient } from '../support/api-client';
import { bearer, LiveClient } from '../support/live-client';
import { NOTES } from '../support/notes';
import { opusPackets, pcmOf, soundOf } from '../support/opus-packets';
import { ADMIN_TOKEN, RunningService, startService, VIEWER_TOKEN } from '../support/service-in-process';
import { joined, RATE, silence, whiteNoise } from '../support/sounds';

const FRAME_MS = 20;
const [short, , german] = NOTES;

/** PCM in frames of 20 ms. */
function frames(sound: Float32Array): Buffer[] {
  const pcm = pcmOf(sound);
  const size = (RATE / 1000) * FRAME_MS * 2;
  return Array.from({ length: Math.ceil(pcm.length / size) }, (_, i) =>
    pcm.subarray(i * size, (i + 1) * size),
  );
}

describe('Listening live', () => {
  let service: RunningService;
  let api: ApiClient;
  let url: string;

  beforeAll(async () => {
    service = await startService({ LIVE_SESSIONS: '3' });
    ({ url } = service);
    api = new ApiClient(url);
    // The engine is warm.
    const { body } = await api.note(short!.file);
    await api.ended(body.id);
  });
  afterAll(() => service.close());

  it('gives partial words while somebody speaks, and the final ones after the pause', async () => {
    const live = (await LiveClient.open(url)).say({ type: 'start', encoding: 'pcm_s16le' });
    expect(await live.until('ready')).toMatchObject({ encoding: 'pcm_s16le', sampleRate: 16_000 });
    const note = NOTES.find(({ file }) => file === '05-de.ogg')!;
    await live.speak(frames(joined(soundOf(note.file), silence(1))), FRAME_MS);
    const final = await live.until('final');
    const [first] = live.heard.filter(({ type }) => type === 'partial' || type === 'final');
    expect(first?.type).toBe('partial');
    expect(final.language).toBe('de');
    expect(final.end).toBeGreaterThan(final.start);
    expect(final.segments[0]?.words?.length).toBeGreaterThan(0);
    live.say({ type: 'stop' });
    const done = await live.until('done');
    expect(await live.closed).toBe(1000);
    expect(live.text).toBe(note.text);
    expect(done.seconds).toBeCloseTo(note.seconds + 1, 0);
    // It stays with whoever has asked.
    const { body } = await api.get<{ jobs: unknown[] }>('/jobs');
    expect(body.jobs).toHaveLength(1);
  });

  it('takes Opus, survives damaged packets, and tells two at the same time apart', async () => {
    const lives = await Promise.all(
      [short!, german!].map(async ({ file }, speaker) => {
        const live = (await LiveClient.open(url)).say({ type: 'start', encoding: 'opus', partials: false });
        const packets = opusPackets(joined(soundOf(file), silence(1)));
        if (speaker === 0) packets.splice(3, 0, Buffer.from([3]), Buffer.from([3]));
        await live.speak(packets);
        return live.say({ type: 'stop' });
      }),
    );
    expect(await Promise.all(lives.map((live) => live.closed))).toEqual([1000, 1000]);
    expect(lives.map(({ text }) => text)).toEqual([short!.text, german!.text]);
    expect(lives.flatMap((live) => live.of('partial'))).toEqual([]);
  });

  it('knows no words for silence and noise', async () => {
    const live = (await LiveClient.open(url)).say({ type: 'start' });
    await live.speak(frames(joined(silence(2), whiteNoise(3, 0.05), silence(2))));
    live.say({ type: 'stop' });
    expect(await live.until('done')).toMatchObject({ spoken: 0 });
    expect(live.heard.map(({ type }) => type)).toEqual(['ready', 'done']);
  });

  it('is for those who may have something transcribed', async () => {
    expect(await LiveClient.refused(url)).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
    expect(await LiveClient.refused(url, bearer('wrong'))).toMatchObject({ status: 401 });
    const viewer = await LiveClient.refused(url, bearer(VIEWER_TOKEN));
    expect(viewer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const { body } = await api.get<{ entries: object[] }>('/audit?action=live.open');
    expect(body.entries[0]).toMatchObject({ actor: 'api:viewer', outcome: 'refused', code: 'forbidden' });
    expect(await LiveClient.refused(url, bearer(ADMIN_TOKEN), '/api/v1/nothing')).toMatchObject({
      status: 404,
    });
  });

  it('takes a browser’s session from hark’s own pages only', async () => {
    const signedIn = await api.as(null).post('/session', {
      headers: { 'Content-Type': 'application/json', Origin: url },
      body: JSON.stringify({ token: ADMIN_TOKEN }),
    });
    const Cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(Cookie).not.toBe('');
    for (const Origin of ['https://elsewhere.example', undefined])
      expect(await LiveClient.refused(url, { Cookie, ...(Origin && { Origin }) })).toMatchObject({
        status: 401,
      });
    const live = await LiveClient.open(url, { Cookie, Origin: url });
    live.say({ type: 'start' }).say({ type: 'stop' });
    expect(await live.closed).toBe(1000);
  });

  it.each([
    ['no JSON', ['{'], 'json_malformed', 4400],
    ['a list', ['[]'], 'field_invalid', 4400],
    ['an unknown type', [{ type: 'sing' }], 'field_invalid', 4400],
    ['an unknown field', [{ type: 'start', model: 'x' }], 'field_invalid', 4400],
    ['an unknown encoding', [{ type: 'start', encoding: 'mp3' }], 'field_invalid', 4400],
    ['an unknown language', [{ type: 'start', language: 'klingonish' }], 'language_unknown', 4400],
    ['two starts', [{ type: 'start' }, { type: 'start' }], 'field_invalid', 4400],
    ['sound before the start', [Buffer.alloc(640)], 'field_invalid', 4400],
    ['too large a frame', [{ type: 'start' }, Buffer.alloc(70_000)], 'media_too_large', 4413],
    ['too large a message', ['x'.repeat(20_000)], 'media_too_large', 4413],
    [
      'a flood',
      [{ type: 'start' }, ...Array.from({ length: 60 }, () => Buffer.alloc(64_000))],
      'too_many_requests',
      4429,
    ],
    [
      'rubbish as Opus',
      [{ type: 'start', encoding: 'opus' }, ...Array.from({ length: 120 }, () => Buffer.from([3]))],
      'media_decode_failed',
      4400,
    ],
  ])('says what is wrong with %s', async (_what, messages, code, closeCode) => {
    const live = await LiveClient.open(url);
    for (const message of messages) {
      if (typeof message === 'string' || Buffer.isBuffer(message)) live.socket.send(message);
      else live.say(message);
    }
    expect(await live.closed).toBe(closeCode);
    expect(live.of('error')).toMatchObject([{ code }]);
  });

  it('ends what no library would read, and goes on with the others', async () => {
    const live = (await LiveClient.open(url)).say({ type: 'start' });
    live.socket.send(Buffer.alloc(1_000_000));
    expect(await live.closed).toBe(1009);
  });

  it('listens to so many at a time, and has room again after one hangs up', async () => {
    const open = await Promise.all([1, 2, 3].map(() => LiveClient.open(url)));
    expect(await LiveClient.refused(url, bearer(ADMIN_TOKEN))).toMatchObject({
      status: 503,
      body: { code: 'live_busy' },
    });
    open[0]!.say({ type: 'start' });
    await open[0]!.until('ready');
    open[0]!.socket.terminate();
    await open[0]!.closed;
    const next = await openWhenFree(url);
    for (const live of [...open.slice(1), next]) live.socket.close();
    await Promise.all([...open.slice(1), next].map((live) => live.closed));
  });

  it('tells the last words before it ends', async () => {
    const other = await startService();
    const live = (await LiveClient.open(other.url)).say({ type: 'start', language: 'en', partials: false });
    await live.until('ready');
    const { file, text } = short!;
    await live.speak(frames(soundOf(file)));
    // All of it has arrived when the answer to a ping has.
    live.socket.ping();
    await new Promise((resolve) => live.socket.once('pong', resolve));
    await other.close();
    expect(await live.closed).toBe(1001);
    expect(live.text).toBe(text);
    expect(live.of('error')).toMatchObject([{ code: 'service_unavailable', retryable: true }]);
  });
});

/** As soon as the one that went away is noticed. */
async function openWhenFree(url: string): Promise<LiveClient> {
  for (;;) {
    try {
      return await LiveClient.open(url);
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
