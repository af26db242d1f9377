import { RequestListener } from 'node:http';
import { Attack } from './attack';
import { attacksOf, HostileServer } from './hostile-server';
import { ChangingNames } from './names';

/** Every path leads there. */
const to =
  (location: string, status = 302): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { location }).end('moved');

const REFUSED: readonly (readonly [what: string, location: string])[] = [
  ['a private address', 'http://127.0.0.1:1/x'],
  ['a metadata service', 'http://169.254.169.254/latest/meta-data/'],
  ['a port that is not exempt', 'http://localhost:6379/'],
  ['a mail server', 'http://example.org:25/'],
  ['an IPv4-mapped address', 'http://[::ffff:127.0.0.1]/'],
  ['a decimal address', 'http://2130706433/'],
  ['a file', 'file:///etc/passwd'],
  ['FTP', 'ftp://example.org/x.ogg'],
  ['Gopher', 'gopher://127.0.0.1:6379/_FLUSHALL'],
  ['data', 'data:audio/ogg;base64,T2dnUw=='],
  ['a user and a password', 'http://user:secret@example.org/'],
  ['nonsense', 'http://[/'],
  ['itself, for ever', '/'],
];

/** Six hops: one more than are followed. */
const sixHops: RequestListener = (request, response) => {
  const left = Number(request.url?.slice(1) || 6);
  if (left === 0) response.end('there');
  else to(left === 1 ? '/0' : `/${left - 1}`)(request, response);
};

function listening(): HostileServer[] {
  const cookies: (string | undefined)[] = [];
  return [
    { what: 'six hops', outcome: 'link_refused', answer: sixHops },
    {
      what: 'no address at all',
      outcome: 'link_refused',
      answer: (_request, response) => response.writeHead(302).end(),
    },
    {
      what: 'a name that now resolves to a private address',
      outcome: 'link_refused',
      name: 'start.example',
      names: new ChangingNames([['127.0.0.1'], ['10.0.0.1']]),
      answer: to('http://inside.example/'),
    },
    {
      what: 'the file, with an endless page',
      outcome: 'read',
      bytes: 5,
      answer: (request, response) => {
        if (request.url === '/file') return void response.end('sound');
        response.writeHead(302, { location: '/file' });
        const more = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
        };
        response.on('drain', more);
        more();
      },
    },
    {
      what: 'the file, with a cookie (which is not sent)',
      outcome: 'read',
      answer: (request, response) => {
        cookies.push(request.headers.cookie);
        if (request.url === '/file') return void response.end('sound');
        response.writeHead(302, { location: '/file', 'set-cookie': 'session=1; Path=/' }).end();
      },
      complaint: () => (cookies.some(Boolean) ? 'sent a cookie' : undefined),
    },
  ];
}

export function redirectAttacks(): Attack[] {
  const refused = REFUSED.map(([what, location]) => ({
    what,
    outcome: 'link_refused',
    answer: to(location),
  }));
  return attacksOf('Redirects to', [...refused, ...listening()]);
}
