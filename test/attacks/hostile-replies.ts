import { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Attack } from './attack';
import { attacksOf, HostileServer, MIB } from './hostile-server';
import { ChangingNames } from './names';

/** Once it was asked, says this; more of it with `again`, as fast as it is taken. */
const say =
  (text: string, again?: string) =>
  (socket: Socket): void => {
    socket.once('data', () => {
      socket.write(text);
      if (again === undefined) return void socket.end();
      const more = (): void => {
        while (!socket.destroyed && socket.write(again.repeat(1_000)));
      };
      socket.on('drain', more);
      more();
    });
  };

/** Once it was asked, says this, and then a little more every now and then. */
const drip =
  (text: string, drop: string) =>
  (socket: Socket): void => {
    socket.once('data', () => {
      socket.write(text);
      const timer = setInterval(() => socket.write(drop), 20);
      socket.on('close', () => clearInterval(timer));
    });
  };

const OK = 'HTTP/1.1 200 OK\r\n';
const silent = (response: ServerResponse): void => void response;

const SLOW: readonly HostileServer[] = [
  {
    what: 'never',
    outcome: 'link_unreachable',
    limits: { headersMs: 100 },
    answer: (_request, response) => silent(response),
  },
  {
    what: 'a header line now and then',
    outcome: 'link_unreachable',
    limits: { headersMs: 300 },
    speak: drip(OK, 'x: y\r\n'),
  },
  {
    what: '"soon" (103), without end',
    outcome: 'link_unreachable',
    limits: { totalMs: 500 },
    speak: drip('', 'HTTP/1.1 103 Early Hints\r\n\r\n'),
  },
  {
    what: 'a part of the file, then nothing',
    outcome: 'link_failed',
    limits: { idleMs: 100 },
    answer: (_request, response) => void response.write('so'),
  },
  {
    what: 'a byte now and then',
    outcome: 'link_failed',
    limits: { totalMs: 500 },
    speak: drip(`${OK}\r\n`, 'x'),
  },
];

const LENGTHS: readonly HostileServer[] = [
  {
    what: 'a length beyond the limit',
    outcome: 'media_too_large',
    speak: say(`${OK}content-length: ${MIB + 1}\r\n\r\nsound`),
  },
  {
    what: 'a length of 20 digits',
    outcome: 'link_failed',
    speak: say(`${OK}content-length: 99999999999999999999\r\n\r\nsound`),
  },
  {
    what: 'less than the length said',
    outcome: 'link_failed',
    speak: say(`${OK}content-length: 100\r\n\r\nsound`),
  },
  {
    what: 'more than the length said',
    outcome: 'read',
    bytes: 5,
    speak: say(`${OK}content-length: 5\r\nconnection: close\r\n\r\nsound and much more`),
  },
  {
    what: 'two lengths',
    outcome: 'link_failed',
    speak: say(`${OK}content-length: 5\r\ncontent-length: 7\r\n\r\nsound`),
  },
  {
    what: 'a negative length',
    outcome: 'link_failed',
    speak: say(`${OK}content-length: -5\r\n\r\nsound`),
  },
  {
    what: 'a length and chunks',
    outcome: 'link_failed',
    speak: say(`${OK}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n5\r\nsound\r\n0\r\n\r\n`),
  },
  { what: 'bytes without end', outcome: 'media_too_large', speak: say(`${OK}\r\n`, 'x'.repeat(64)) },
  {
    what: 'chunks without end',
    outcome: 'media_too_large',
    speak: say(`${OK}transfer-encoding: chunked\r\n\r\n`, '5\r\nsound\r\n'),
  },
  {
    what: 'a chunk of 2⁶⁴ bytes',
    outcome: 'link_failed',
    speak: say(`${OK}transfer-encoding: chunked\r\n\r\n10000000000000000\r\nsound`),
  },
  {
    what: 'a chunk whose extension does not end',
    outcome: 'link_failed',
    limits: { totalMs: 2_000 },
    speak: say(`${OK}transfer-encoding: chunked\r\n\r\n5;`, 'x'.repeat(64)),
  },
  {
    what: 'trailers behind the chunks',
    outcome: 'read',
    bytes: 5,
    speak: say(`${OK}transfer-encoding: chunked\r\n\r\n5\r\nsound\r\n0\r\nx: y\r\nset-cookie: a=b\r\n\r\n`),
  },
  {
    what: 'trailers without end',
    outcome: 'link_failed',
    speak: say(`${OK}transfer-encoding: chunked\r\n\r\n5\r\nsound\r\n0\r\n`, 'x: y\r\n'),
  },
];

const NOT_HTTP: readonly HostileServer[] = [
  { what: 'headers without end', outcome: 'link_failed', speak: say(OK, 'x: y\r\n') },
  { what: 'one header without end', outcome: 'link_failed', speak: say(`${OK}x: `, 'y'.repeat(64)) },
  {
    what: 'a header with a NUL in it',
    outcome: 'link_failed',
    speak: say(`${OK}x: a\0b\r\n\r\nsound`),
  },
  { what: 'the greeting of another service', outcome: 'link_failed', speak: say('SSH-2.0-OpenSSH_9.2\r\n') },
  { what: 'the file and no headers', outcome: 'link_failed', speak: say('OggS and so on') },
  { what: '"continue" (100)', outcome: 'link_unreachable', speak: say('HTTP/1.1 100 Continue\r\n\r\n') },
  {
    what: 'another protocol (101)',
    outcome: 'link_unreachable',
    speak: say('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\nsound'),
  },
  { what: 'nothing at all', outcome: 'link_unreachable', speak: (socket) => socket.destroy() },
];

const REBINDING: HostileServer = {
  what: 'a name that resolves to another address the second time',
  outcome: 'read',
  bytes: 5,
  name: 'rebind.example',
  names: new ChangingNames([['127.0.0.1'], ['10.0.0.1']]),
  answer: (_request, response) => void response.end('sound'),
};

const SOMEBODY_ELSE: HostileServer = {
  what: 'a certificate of another host',
  outcome: 'link_unreachable',
  name: 'localhost',
  tls: true,
  answer: (_request, response) => void response.end('sound'),
};

/** A service like hark is often run where the environment names a proxy for others. */
function proxied(): HostileServer {
  const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
  return {
    what: 'a proxy in the environment (which is not used)',
    outcome: 'read',
    bytes: 5,
    get names() {
      for (const name of names) process.env[name] = 'http://127.0.0.1:9';
      return undefined;
    },
    answer: (_request, response) => void response.end('sound'),
    complaint: () => {
      for (const name of names) delete process.env[name];
      return undefined;
    },
  };
}

export function replyAttacks(): Attack[] {
  return [
    ...attacksOf('Servers that answer', SLOW),
    ...attacksOf('Bodies: the server sends', LENGTHS),
    ...attacksOf('Not HTTP: the server sends', NOT_HTTP),
    ...attacksOf('Detours', [REBINDING, SOMEBODY_ELSE, proxied()]),
  ];
}
