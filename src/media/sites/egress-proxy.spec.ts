import { once } from 'node:events';
import { createServer, IncomingHttpHeaders } from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { ProxyAgent, request } from 'undici';
import { ChangingNames } from '../../../test/attacks/names';
import { HostResolver } from '../links/host-resolver';
import { AddressGuard } from '../links/address-guard';
import { LinkLimits } from '../links/link-limits';
import { Settings } from '../../settings/settings';
import { EgressProxy } from './egress-proxy';

const MIB = 1024 * 1024;
let seen: IncomingHttpHeaders[];
let proxy: EgressProxy;

const server = createServer((asked, answer) => {
  seen.push(asked.headers);
  answer.end(asked.url === '/large' ? Buffer.alloc(2 * MIB) : `${asked.method} ${asked.url}`);
});
const port = (): number => (server.address() as AddressInfo).port;

async function open(names = new HostResolver(), host = '127.0.0.1'): Promise<EgressProxy> {
  const settings = { media: { allowHosts: [`${host}:${port()}`] } } as unknown as Settings;
  const limits = new LinkLimits();
  return EgressProxy.open(new AddressGuard(settings, names, limits), limits, MIB);
}

/** By a tunnel or not. */
async function through(url: string, tunnel: boolean, uri = proxy.url): Promise<string> {
  const dispatcher = new ProxyAgent({ uri, proxyTunnel: tunnel });
  try {
    const { statusCode, body } = await request(url, { dispatcher });
    const said = await body.text();
    return statusCode === 200 ? said : String(statusCode);
  } finally {
    await dispatcher.destroy();
  }
}

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(async () => {
  seen = [];
  proxy = await open();
});
afterEach(() => proxy.close());
afterAll(() => server.close());

describe.each([
  ['a tunnel', true],
  ['a request', false],
])('EgressProxy by %s', (_what, tunnel) => {
  it('leads to where it may lead, and shows its password to nobody', async () => {
    expect(await through(`http://127.0.0.1:${port()}/x?y`, tunnel)).toBe('GET /x?y');
    expect(seen).toHaveLength(1);
    expect(seen[0]).not.toHaveProperty('proxy-authorization');
  });

  it.each([
    'http://127.0.0.1:1/',
    'http://169.254.169.254/',
    'http://[::ffff:7f00:1]/',
    'http://localhost:22/',
  ])('does not lead to %s', async (url) => {
    const answer = await through(url, tunnel).catch((error: Error) => error.message);
    expect(answer).toMatch(/403/);
    expect(proxy.refusal).toMatchObject({ code: 'link_refused' });
  });

  it('connects to the address that was checked', async () => {
    const names = new ChangingNames([['127.0.0.1'], ['10.0.0.1']]);
    proxy.close();
    proxy = await open(names, 'rebind.example');
    expect(await through(`http://rebind.example:${port()}/x`, tunnel)).toBe('GET /x');
    expect(names.asked).toHaveLength(1);
  });

  it('is closed to whoever does not know its password', async () => {
    const stranger = proxy.url.replace(/hark:[0-9a-f]+@/, 'hark:guessed@');
    for (const uri of [stranger, proxy.url.replace(/hark:.*@/, '')]) {
      const answer = await through(`http://127.0.0.1:${port()}/`, tunnel, uri).catch(
        (error: Error) => error.message,
      );
      expect(answer).toMatch(/407/);
    }
    expect(seen).toEqual([]);
  });

  it('ends everything when more comes in than may', async () => {
    await expect(through(`http://127.0.0.1:${port()}/large`, tunnel)).rejects.toThrow();
    await expect(through(`http://127.0.0.1:${port()}/`, tunnel)).rejects.toThrow();
  });
});

it('takes no nonsense for an address', async () => {
  const login = /\/\/(.*)@/.exec(proxy.url)![1]!;
  const head = `proxy-authorization: Basic ${Buffer.from(login).toString('base64')}\r\n\r\n`;
  for (const line of [
    'CONNECT nonsense/:x',
    'CONNECT user:pw@example.org:443',
    'GET /only/a/path',
    'GET ftp://example.org/',
  ]) {
    const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
    socket.write(`${line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${head}`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 (403|502)/);
  }
});
