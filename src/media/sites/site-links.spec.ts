import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { RequestListener, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { noteBytes } from '../../../test/support/broken-media';
import { bytesOf, SitesBench, sitesBench } from '../../../test/support/sites-bench';

const LIMITS = { maxBytes: 1024 * 1024, maxSeconds: 600 };
const never = new AbortController().signal;
const NOTE = noteBytes('01-en.ogg');
const page = (body: string): string =>
  `<!doctype html><html><head><title>A page</title></head><body>${body}</body></html>`;
const list = (...addresses: string[]): string =>
  [
    '#EXTM3U',
    '#EXT-X-TARGETDURATION:9',
    ...addresses.flatMap((address) => ['#EXTINF:3,', address]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');

function endless(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'audio/ogg' });
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, 1)));
  };
  response.on('drain', more);
  more();
}

const HTML = 'text/html; charset=utf-8';
const M3U8 = 'application/vnd.apple.mpegurl';

const site: RequestListener = ({ url, headers }, response) => {
  const send = (type: string, body: string | Buffer): void =>
    void response
      .writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) })
      .end(body);
  const own = `http://${headers.host}`;
  switch (url) {
    case '/page':
      return send(HTML, page('<audio src="/note.ogg"></audio>'));
    case '/note.ogg':
      return send('audio/ogg', NOTE);
    case '/list.m3u8':
      return send(M3U8, list('/note.ogg', '/note.ogg'));
    case '/inside.m3u8':
      return send(M3U8, list('http://127.0.0.1:1/x'));
    case '/file.m3u8':
      return send(M3U8, list('file:///etc/passwd'));
    case '/redirect':
      return void response.writeHead(302, { location: 'http://10.0.0.1/page' }).end();
    case '/endless.ogg':
      return endless(response);
    case '/words':
      return send(HTML, page('<p>Nothing to hear.</p>'));
    case '/silent':
      return undefined;
    case '/long.m3u8':
      return send(M3U8, list(...new Array<string>(300).fill(`${own}/note.ogg`)));
    default:
      return void response.writeHead(404).end();
  }
};

let bench: SitesBench;

beforeEach(async () => {
  bench = await sitesBench(site);
});

afterEach(async () => {
  while (bench.running().length > 0 || bench.leftOvers().length > 0) await pause(20);
  await bench.close();
});

/** With the real yt-dlp, which finds recordings in pages of any site. */
describe('a link to a site', () => {
  it.each([
    ['a page with sound', '/page', NOTE],
    ['a list of parts', '/list.m3u8', Buffer.concat([NOTE, NOTE])],
  ])('to %s is read', async (_what, path, expected) => {
    const input = await bench.sites.open(bench.link(path), LIMITS, never);
    expect((await bytesOf(input)).equals(expected)).toBe(true);
  });

  it.each([
    ['a page in a private network', '/redirect', 'link_refused', false],
    ['a part in a private network', '/inside.m3u8', 'link_refused', false],
    ['a file of this machine', '/file.m3u8', 'link_failed', undefined],
    ['a page without sound', '/words', 'link_failed', false],
  ])('to %s is told', async (_what, path, code, retryable) => {
    const error = await bench.sites
      .open(bench.link(path), LIMITS, never)
      .then(bytesOf)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'HarkError', code, ...(retryable !== undefined && { retryable }) });
    expect((error as { userMessage: string }).userMessage).not.toMatch(/ERROR|yt-dlp|Traceback|\//);
  });

  it('is stopped at the limit', async () => {
    const input = await bench.sites.open(bench.link('/endless.ogg'), LIMITS, never);
    await expect(bytesOf(input)).rejects.toMatchObject({ code: 'media_too_large' });
  });

  it('is stopped when its time is over', async () => {
    const hasty = await sitesBench(site, { limits: { totalMs: 3_000 } });
    try {
      const reading = hasty.sites.open(hasty.link('/silent'), LIMITS, never);
      await expect(reading).rejects.toMatchObject({ code: 'link_failed', retryable: false });
      while (hasty.running().length > 0 || hasty.leftOvers().length > 0) await pause(20);
    } finally {
      await hasty.close();
    }
  });

  it('is stopped when nobody wants it any more, before the first byte and after it', async () => {
    const early = new AbortController();
    const opening = bench.sites.open(bench.link('/silent'), LIMITS, early.signal);
    while (bench.running().length === 0) await pause(20);
    early.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
    const input = await bench.sites.open(bench.link('/long.m3u8'), LIMITS, never);
    input.stream.destroy();
  });

  it('is none to a private address, however the site is called', async () => {
    const link = bench.link('/page').replace(/:\d+/, ':1');
    await expect(bench.sites.open(link, LIMITS, never)).rejects.toMatchObject({ code: 'link_refused' });
  });
});

/** With a double that only says how it was called. */
describe('yt-dlp', () => {
  interface Call {
    args: string[];
    env: Record<string, string>;
    folder: string;
    limits: string;
    group: boolean;
  }

  async function called(link: string): Promise<Call> {
    const folder = mkdtempSync(join(tmpdir(), 'hark-double-'));
    const program = join(folder, 'yt-dlp');
    const source = `#!${process.execPath}
      const { readFileSync } = require('node:fs');
      const [,, , , group] = readFileSync('/proc/self/stat', 'utf8').split(' ');
      console.log(JSON.stringify({
        args: process.argv.slice(2),
        env: process.env,
        folder: process.cwd(),
        limits: readFileSync('/proc/self/limits', 'utf8'),
        group: Number(group) === process.pid,
      }));`;
    writeFileSync(program, source, { mode: 0o755 });
    const own = await sitesBench(site, { program });
    try {
      const input = await own.sites.open(link, LIMITS, never);
      return JSON.parse((await bytesOf(input)).toString()) as Call;
    } finally {
      await own.close();
      rmSync(folder, { recursive: true });
    }
  }

  it('is given the link behind --, whatever it looks like, and no configuration', async () => {
    const { args } = await called('http://8.8.8.8/--exec=touch$(id);`x`%20"--config');
    const [link] = args.slice(-1);
    expect(link).toBe('http://8.8.8.8/--exec=touch$(id);%60x%60%20%22--config');
    expect(args.indexOf('--')).toBe(args.length - 2);
    expect(args).toEqual(expect.arrayContaining(['--ignore-config', '--no-cache-dir', '--no-playlist']));
    expect(args.slice(0, -1).join(' ')).not.toMatch(
      /--exec|--enable-file-urls|--cookies|--netrc|--plugin-dirs|--proxy/,
    );
    expect(args.slice(args.indexOf('--output')).slice(0, 2)).toEqual(['--output', '-']);
  });

  it('is given nothing of the environment but where its proxy and its programs are', async () => {
    process.env.HARK_TEST_SECRET = 'marked';
    try {
      const { env, folder } = await called('http://8.8.8.8/');
      const { HOME, XDG_CONFIG_HOME, http_proxy, https_proxy, all_proxy } = env;
      expect([HOME, XDG_CONFIG_HOME]).toEqual([folder, folder]);
      expect(http_proxy).toMatch(/^http:\/\/hark:[0-9a-f]{48}@127\.0\.0\.1:\d+$/);
      expect([https_proxy, all_proxy]).toEqual([http_proxy, http_proxy]);
      expect(JSON.stringify(env)).not.toContain('marked');
      expect(env).not.toHaveProperty('no_proxy');
    } finally {
      delete process.env.HARK_TEST_SECRET;
    }
  });

  it('has limits and a process group of its own', async () => {
    const { limits, group } = await called('http://8.8.8.8/');
    expect(group).toBe(true);
    expect(limits).toMatch(/Max data size\s+1073741824 /);
    expect(limits).toMatch(/Max file size\s+1048576 /);
    expect(limits).toMatch(/Max open files\s+256 /);
    expect(limits).toMatch(/Max core file size\s+0 /);
  });

  it('is said to be missing where it is', async () => {
    const without = await sitesBench(site, { program: '/nonexistent/yt-dlp' });
    const opening = without.sites.open(without.link('/page'), LIMITS, never);
    await expect(opening).rejects.toMatchObject({ code: 'link_failed' });
    expect(without.leftOvers()).toEqual([]);
    await without.close();
  });
});

describe('takes', () => {
  it.each([
    ['http://127.0.0.1/x', true],
    ['http://127.0.0.1:8080/x', true],
    ['http://2130706433/x', true],
    ['http://example.org/127.0.0.1', false],
    ['http://127.0.0.1.example.org/', false],
    ['nonsense', false],
  ])('%s: %s', (link, taken) => {
    expect(bench.sites.takes(link)).toBe(taken);
  });
});
