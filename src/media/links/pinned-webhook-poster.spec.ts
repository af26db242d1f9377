import { once } from 'node:events';
import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { SystemClock } from '../../core/clock';
import { Settings } from '../../settings/settings';
import { AddressGuard } from './address-guard';
import { HostResolver } from './host-resolver';
import { LinkLimits } from './link-limits';
import { PinnedWebhookPoster } from './pinned-webhook-poster';

const never = new AbortController().signal;
const message = { headers: { 'webhook-id': 'id-1' }, body: '{"a":"ü"}' };

class Names extends HostResolver {
  override addressesOf(host: string): Promise<string[]> {
    return Promise.resolve(host === 'public.example' ? ['93.184.216.34'] : ['10.0.0.1']);
  }
}

describe('posting to webhooks', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  function poster(allowHosts: string[] = [], limits: Partial<LinkLimits> = {}): PinnedWebhookPoster {
    const settings = { media: { allowHosts } } as unknown as Settings;
    const all = { ...new LinkLimits(), ...limits };
    return new PinnedWebhookPoster(new AddressGuard(settings, new Names(), all), new SystemClock(), all);
  }

  it('sends headers and body as they are', async () => {
    let heard = '';
    const host = await serve((request, response) => {
      const { method, url, headers } = request;
      heard = `${method} ${url} ${String(headers['webhook-id'])} ${headers['content-length']} `;
      request.on('data', (chunk: Buffer) => (heard += chunk.toString()));
      request.on('end', () => response.writeHead(202).end());
    });
    const reply = await poster([host]).post(`http://${host}/a/b?c=d`, message, never);
    expect(reply).toEqual({ status: 202 });
    expect(heard).toBe('POST /a/b?c=d id-1 10 {"a":"ü"}');
  });

  it('follows nowhere, and believes no more than an hour of Retry-After', async () => {
    let asked = 0;
    const host = await serve((_request, response) => {
      asked++;
      response.writeHead(307, { location: '/elsewhere', 'retry-after': '999999' }).end();
    });
    const { status, retryAt } = await poster([host]).post(`http://${host}/`, message, never);
    expect([status, asked]).toEqual([307, 1]);
    expect(retryAt!.getTime() - Date.now()).toBeLessThanOrEqual(3_600_000);
  });

  it('reads nothing of an answer without end', async () => {
    let closed: Promise<unknown> | undefined;
    const host = await serve((_request, response) => {
      closed = once(response, 'close');
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
      };
      response.writeHead(200).on('drain', more);
      more();
    });
    expect(await poster([host]).post(`http://${host}/`, message, never)).toEqual({ status: 200 });
    await closed;
  });

  it.each([
    ['http://public.example/', 'link_refused'],
    ['http://unknown.example/', 'link_refused'],
    ['https://private.example/', 'link_refused'],
    ['https://127.0.0.1/', 'link_refused'],
    ['https://[::1]/', 'link_refused'],
    ['https://169.254.169.254/', 'link_refused'],
    ['https://public.example:25/', 'link_refused'],
    ['https://me:secret@public.example/', 'link_invalid'],
    ['ftp://public.example/', 'link_invalid'],
    ['example', 'link_invalid'],
  ])('refuses %s, when it is set and each time it is used', async (url, code) => {
    await expect(poster().check(url)).rejects.toMatchObject({ code });
    await expect(poster().post(url, message, never)).rejects.toMatchObject({ code });
  });

  it('takes TLS to the public, and anything to a host that the admin named', async () => {
    await expect(poster().check('https://public.example/hook')).resolves.toBeUndefined();
    await expect(
      poster(['private.example:80']).check('http://private.example/hook'),
    ).resolves.toBeUndefined();
    await expect(poster(['private.example:443']).check('http://private.example/')).rejects.toMatchObject({
      code: 'link_refused',
    });
  });

  it('gives up on silence, on rubbish and on nobody, and stops when it is told to', async () => {
    const silent = await serve(() => undefined);
    const impatient = poster([silent], { postMs: 100 }).post(`http://${silent}/`, message, never);
    await expect(impatient).rejects.toMatchObject({ code: 'link_unreachable' });

    const rubbish = await serve((request) => void request.socket.end('hello\r\n\r\n'));
    await expect(poster([rubbish]).post(`http://${rubbish}/`, message, never)).rejects.toMatchObject({
      code: 'link_failed',
    });
    await expect(poster(['127.0.0.1:1']).post('http://127.0.0.1:1/', message, never)).rejects.toMatchObject({
      code: 'link_unreachable',
    });
    const stop = new AbortController();
    const posting = poster([silent]).post(`http://${silent}/`, message, stop.signal);
    stop.abort(new Error('enough'));
    await expect(posting).rejects.toThrow('enough');
  });
});
