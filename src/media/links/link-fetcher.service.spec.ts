import { once } from 'node:events';
import { createServer, IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { fetcher, LIMITS } from '../../../test/attacks/hostile-server';
import { ChangingNames } from '../../../test/attacks/names';
import { MediaInput } from '../../core/media';
import { HostResolver } from './host-resolver';

const never = new AbortController().signal;

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function bytesOf({ stream }: MediaInput): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Answers each path by its own function. */
function paths(
  routes: Record<string, (response: ServerResponse, request: IncomingMessage) => void>,
): RequestListener {
  return (request, response) => {
    const route = routes[request.url ?? ''];
    if (route) route(response, request);
    else response.writeHead(404).end();
  };
}

/** Answers every path so. */
function always(route: (response: ServerResponse) => void): RequestListener {
  return (_request, response) => route(response);
}

function redirect(location: string, status = 302): (response: ServerResponse) => void {
  return (response) => response.writeHead(status, { location }).end('moved');
}

/* What servers do who mean ill is in test/attacks. */

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

describe('PinnedLinkFetcher', () => {
  it('gives the body, its length, name and type', async () => {
    const host = await serve((request, response) => {
      expect(request.headers['accept-encoding']).toBe('identity');
      response.setHeader(
        'content-disposition',
        `attachment; filename*=UTF-8''caf%C3%A9.ogg; filename="x.ogg"`,
      );
      response.setHeader('content-type', 'audio/ogg');
      response.setHeader('content-length', 5);
      response.end('sound');
    });
    const input = await fetcher([host]).open(`http://${host}/a/b.ogg?x=1`, LIMITS, never);
    expect(input).toMatchObject({ bytes: 5, name: 'café.ogg', mimeType: 'audio/ogg' });
    expect((await bytesOf(input)).toString()).toBe('sound');
  });

  it('names the file by its path when the server does not', async () => {
    const host = await serve((_request, response) => response.end('x'));
    const input = await fetcher([host]).open(`http://${host}/folder/my%20note.ogg`, LIMITS, never);
    expect(input.name).toBe('my note.ogg');
    await bytesOf(input);
  });

  it('connects to the address that was checked, whatever the name resolves to by then', async () => {
    const host = await serve((request, response) => response.end(request.headers.host));
    const port = host.split(':')[1]!;
    const names = new ChangingNames([['127.0.0.1'], ['10.0.0.1']]);
    const input = await fetcher([`rebind.example:${port}`], { names }).open(
      `http://rebind.example:${port}/`,
      LIMITS,
      never,
    );
    expect((await bytesOf(input)).toString()).toBe(`rebind.example:${port}`);
    expect(names.asked).toEqual(['rebind.example']);
  });

  it('looks every hop up anew', async () => {
    const host = await serve(always((response) => redirect(`http://inside.example:${port}/`)(response)));
    const port = host.split(':')[1]!;
    const names = new ChangingNames([['127.0.0.1'], ['10.0.0.1']]);
    const open = fetcher([`start.example:${port}`], { names }).open(
      `http://start.example:${port}/`,
      LIMITS,
      never,
    );
    await expect(open).rejects.toMatchObject({ code: 'link_refused' });
    expect(names.asked).toEqual(['start.example', 'inside.example']);
  });

  it('follows five redirects', async () => {
    const host = await serve(
      paths({
        '/5': redirect('/4', 301),
        '/4': redirect('/3', 303),
        '/3': redirect('/2', 307),
        '/2': redirect('/1', 308),
        '/1': redirect('/end'),
        '/end': (response) => response.end('there'),
      }),
    );
    const input = await fetcher([host]).open(`http://${host}/5`, LIMITS, never);
    expect((await bytesOf(input)).toString()).toBe('there');
  });

  it("sends the caller's headers to the link's own host only", async () => {
    const seen: (string | undefined)[] = [];
    const note = (response: ServerResponse, request: IncomingMessage): void => {
      seen.push(request.headers.authorization);
      response.end('x');
    };
    const other = await serve(paths({ '/end': note }));
    const host = await serve(
      paths({ '/own': redirect('/end'), '/other': redirect(`http://${other}/end`), '/end': note }),
    );
    const headers = { authorization: 'Bearer secret' };
    for (const path of ['own', 'other']) {
      await bytesOf(await fetcher([host, other]).open(`http://${host}/${path}`, LIMITS, never, headers));
    }
    expect(seen).toEqual(['Bearer secret', undefined]);
  });

  it.each([
    [404, 'link_not_found', false],
    [410, 'link_not_found', false],
    [401, 'link_failed', false],
    [403, 'link_failed', false],
    [400, 'link_failed', false],
    [429, 'link_failed', true],
    [500, 'link_failed', true],
    [503, 'link_failed', true],
  ])('says what %i means', async (status, code, retryable) => {
    const host = await serve((_request, response) => response.writeHead(status).end('no'));
    await expect(fetcher([host]).open(`http://${host}/`, LIMITS, never)).rejects.toMatchObject({
      code,
      retryable,
    });
  });

  it('remembers when to ask again', async () => {
    const host = await serve((_request, response) => response.writeHead(429, { 'retry-after': '120' }).end());
    const error: unknown = await fetcher([host])
      .open(`http://${host}/`, LIMITS, never)
      .catch((caught: unknown) => caught);
    const wait = (error as { retryAt: Date }).retryAt.getTime() - Date.now();
    expect(wait).toBeGreaterThan(110_000);
    expect(wait).toBeLessThanOrEqual(120_000);
  });

  it('cannot reach a closed port', async () => {
    const host = await serve(() => undefined);
    servers.at(-1)!.close();
    await expect(fetcher([host]).open(`http://${host}/`, LIMITS, never)).rejects.toMatchObject({
      code: 'link_unreachable',
      retryable: true,
    });
  });

  it('asks no second time for what has taken all the time that there is', async () => {
    const host = await serve((_request, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.once('close', () => clearInterval(drip));
    });
    const limits = { totalMs: 500 };
    const input = await fetcher([host], { limits }).open(`http://${host}/`, LIMITS, never);
    await expect(bytesOf(input)).rejects.toMatchObject({ code: 'link_failed', retryable: false });
  });

  it('stops an endless body at the limit', async () => {
    let closed: Promise<unknown> | undefined;
    const host = await serve((_request, response) => {
      closed = once(response, 'close');
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
      };
      response.on('drain', more);
      more();
    });
    const input = await fetcher([host]).open(`http://${host}/`, LIMITS, never);
    await expect(bytesOf(input)).rejects.toMatchObject({ code: 'media_too_large' });
    await closed;
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ])('unpacks %s that it did not ask for', async (encoding, pack) => {
    const host = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(pack(Buffer.from('sound'))),
    );
    const input = await fetcher([host]).open(`http://${host}/`, LIMITS, never);
    expect(input.bytes).toBeUndefined();
    expect((await bytesOf(input)).toString()).toBe('sound');
  });

  it('gives up on a name server that does not answer', async () => {
    const names = new (class extends HostResolver {
      override addressesOf(): Promise<string[]> {
        return new Promise(() => undefined);
      }
    })();
    const check = fetcher([], { names, limits: { resolveMs: 50 } }).check('http://slow.example/');
    await expect(check).rejects.toMatchObject({ code: 'link_unreachable' });
  });

  it('stops when it is told to, before the reply and in the middle of it', async () => {
    const host = await serve(
      paths({ '/silent': () => undefined, '/some': (response) => void response.write('so') }),
    );
    const early = new AbortController();
    const opening = fetcher([host]).open(`http://${host}/silent`, LIMITS, early.signal);
    early.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');

    const late = new AbortController();
    const input = await fetcher([host]).open(`http://${host}/some`, LIMITS, late.signal);
    const reading = bytesOf(input);
    late.abort(new Error('enough'));
    await expect(reading).rejects.toThrow();
  });

  it('leaves no connection behind when nobody reads on', async () => {
    let closed: Promise<unknown> | undefined;
    const host = await serve((request, response) => {
      closed = once(request.socket, 'close');
      response.write('so');
    });
    const input = await fetcher([host]).open(`http://${host}/`, LIMITS, never);
    input.stream.destroy();
    await closed;
  });
});
