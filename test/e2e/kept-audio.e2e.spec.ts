import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { JanitorService } from '../../src/core/janitor.service';
import { JobView } from '../../src/api/jobs/job.view';
import { ApiClient } from '../support/api-client';
import { ADMIN_TOKEN, RunningService, VIEWER_TOKEN, startService } from '../support/service-in-process';

const FILE = join(__dirname, '../support/audio/01-en.ogg');
const DAY = 86_400_000;

describe('audio that the admin has kept', () => {
  let service: RunningService;
  let api: ApiClient;
  let original: Buffer;
  const web = createServer((request, response) => {
    response.setHeader('content-type', 'audio/ogg');
    // Some bytes behind the sound, which nobody needs to hear.
    response.end(request.url === '/long.ogg' ? Buffer.concat([original, Buffer.alloc(300_000)]) : original);
  });
  beforeAll(async () => {
    original = await readFile(FILE);
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    service = await startService({ KEEP_AUDIO_DAYS: '2', MEDIA_ALLOW_HOSTS: `127.0.0.1:${port()}` });
    api = new ApiClient(service.url);
  }, 60_000);
  afterAll(async () => {
    await service?.close();
    web.closeAllConnections();
    web.close();
  });

  const port = (): number => (web.address() as AddressInfo).port;
  const upload = async (): Promise<JobView> => api.ended((await api.note('01-en.ogg')).body.id);
  const link = async (path = 'note.ogg'): Promise<JobView> =>
    api.ended((await api.link({ url: `http://127.0.0.1:${port()}/${path}` })).body.id);
  const listen = (id: string, range?: string, token = ADMIN_TOKEN): Promise<Response> =>
    fetch(`${service.url}/api/v1/jobs/${id}/audio`, {
      headers: { Authorization: `Bearer ${token}`, ...(range && { Range: range }) },
    });
  const statusOf = async (answer: Response): Promise<number> => {
    await answer.arrayBuffer();
    return answer.status;
  };
  const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
  const files = async (): Promise<string[]> => readdir(join(service.dataDir, 'uploads'));

  it.each([
    ['an upload', upload],
    ['a link', link],
  ])('of %s can be heard by admins, whole and in parts', async (_, make) => {
    const job = await make();
    expect(job).toMatchObject({
      status: 'done',
      audio: true,
      text: expect.stringContaining('white flowers'),
    });
    const whole = await listen(job.id);
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('accept-ranges')]).toEqual([
      200,
      'audio/ogg; codecs=opus',
      'bytes',
    ]);
    expect(whole.headers.get('content-security-policy')).toContain('sandbox');
    expect(Buffer.compare(await bytesOf(whole), original)).toBe(0);
    for (const [range, from, to] of [
      ['bytes=0-9', 0, 9],
      ['bytes=100-', 100, original.length - 1],
      ['bytes=-10', original.length - 10, original.length - 1],
      ['bytes=5-999999999', 5, original.length - 1],
    ] as const) {
      const part = await listen(job.id, range);
      expect([part.status, part.headers.get('content-range'), part.headers.get('content-length')]).toEqual([
        206,
        `bytes ${from}-${to}/${original.length}`,
        String(to - from + 1),
      ]);
      expect(Buffer.compare(await bytesOf(part), original.subarray(from, to + 1))).toBe(0);
    }
    const outside = await listen(job.id, `bytes=${original.length}-`);
    expect([outside.status, outside.headers.get('content-range')]).toEqual([
      416,
      `bytes */${original.length}`,
    ]);
    for (const whole of ['bytes=1-2,5-6', 'pages=1-2', 'nonsense'])
      expect(await statusOf(await listen(job.id, whole))).toBe(200);
    expect(await statusOf(await listen(job.id, undefined, VIEWER_TOKEN))).toBe(403);
    await api.call('DELETE', `/api/v1/jobs/${job.id}`);
    expect(await statusOf(await listen(job.id))).toBe(404);
  });

  it('is there to its last byte, also what nobody had to listen to', async () => {
    const job = await link('long.ogg');
    const kept = await listen(job.id);
    expect(await bytesOf(kept)).toHaveLength(original.length + 300_000);
    await api.call('DELETE', `/api/v1/jobs/${job.id}`);
  });

  it('goes after its days, and its transcript stays', async () => {
    const [one, two] = [await upload(), await link()];
    expect(await files()).toHaveLength(2);
    const now = new Date();
    const janitor = service.app.get(JanitorService, { strict: false });
    await janitor.clean(new Date(now.getTime() + DAY + 3_600_000));
    expect(await files()).toHaveLength(2);
    await janitor.clean(new Date(now.getTime() + 2 * DAY + 3_600_000));
    expect(await files()).toEqual([]);
    for (const { id } of [one, two]) {
      expect((await api.get(`/jobs/${id}`)).body).toMatchObject({ audio: false, status: 'done' });
      const gone = await listen(id);
      expect([gone.status, ((await gone.json()) as { code: string }).code]).toEqual([410, 'media_gone']);
    }
  });

  it('is not that of a note that could not be read', async () => {
    const { body } = await api.link({ url: `http://127.0.0.1:${port()}/note.ogg` });
    await api.ended(body.id);
    const before = await files();
    original = Buffer.concat([original.subarray(0, 600), Buffer.alloc(5_000)]);
    const failed = await link('broken.ogg');
    original = await readFile(FILE);
    expect(failed.status).toBe('failed');
    expect(await files()).toEqual(before);
  });
});
