import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { OidcIssuer } from '../support/oidc-issuer';
import { AppRoute, middlewareOf, routesOf } from '../support/routes';
import { ADMIN_TOKEN, RunningService, startService, VIEWER_TOKEN } from '../support/service-in-process';
import { SlackServer } from '../support/slack-server/slack-server';

const DOCUMENT = 'docs/routes.md';
const CONSOLE = 'dist/console/page';

/** Routes without a controller, and who looks after them. A new one must be thought about, and then named here. */
const OTHERS: Record<string, { needs: string; why: string }> = {
  'POST /slack/events': { needs: 'signature', why: 'Slack signs each request' },
  'GET /docs': { needs: 'nobody', why: 'the description of the API' },
  'GET /docs/': { needs: 'nobody', why: 'the same' },
  'GET /docs/index.html': { needs: 'nobody', why: 'the same' },
  'GET /docs/LICENSE': { needs: 'nobody', why: 'the licence of that page' },
  'GET /docs/swagger-ui-init.js': { needs: 'nobody', why: 'its program' },
  'GET /docs/docs/swagger-ui-init.js': { needs: 'nobody', why: 'its program' },
  'GET /docs-json': { needs: 'nobody', why: 'the same for programs' },
  'GET /docs-yaml': { needs: 'nobody', why: 'the same for programs' },
};
/** What else stands in the way of a request, and answers none, or files that anybody may have. */
const MIDDLEWARE = new Set([
  '<anonymous>', // Nest's own: the context of a request, and what becomes of errors
  'helmetMiddleware',
  'neverStored',
  'corsMiddleware',
  'jsonParser',
  'urlencodedParser',
  'serveStatic', // the page of the API's description, and the console's
]);

describe('every route of the running service', () => {
  let issuer: OidcIssuer;
  let slack: SlackServer;
  let service: RunningService;
  let routes: AppRoute[];
  /** Who calls: what they send, by name. */
  let callers: Record<string, string | undefined>;

  beforeAll(async () => {
    for (const name of ['warn', 'info'] as const) jest.spyOn(console, name).mockReturnValue();
    issuer = await OidcIssuer.start({
      boss: { roles: ['hark-admin'] },
      guest: { roles: ['hark-viewer'] },
      stranger: { roles: ['staff'] },
    });
    slack = await SlackServer.start();
    service = await startService({
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: 'hark',
      CORS_ORIGINS: 'https://app.example.org',
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
    });
    routes = routesOf(service.app);
    callers = {
      nobody: undefined,
      wrong: 'wrong-token-of-the-tests',
      viewer: VIEWER_TOKEN,
      admin: ADMIN_TOKEN,
      stranger: await issuer.token('stranger'),
      guest: await issuer.token('guest'),
      boss: await issuer.token('boss'),
      elsewhere: await issuer.token('boss', 'another-service'),
    };
  });
  afterAll(async () => {
    await service?.close();
    await slack?.stop();
    await issuer?.[Symbol.asyncDispose]();
  });

  const statusOf = async (
    { method, path }: Pick<AppRoute, 'method' | 'path'>,
    caller: string,
  ): Promise<number> => {
    const token = callers[caller];
    const url = `${service.url}${path.replace(/:\w+/g, '01980000-0000-7000-8000-000000000000')}`;
    const headers = { ...(token !== undefined && { Authorization: `Bearer ${token}` }) };
    const response = await fetch(url, { method, headers, redirect: 'manual' });
    await response.body?.cancel();
    return response.status;
  };
  /** What each caller got: a refusal, or `in`. */
  const results = async (
    route: Pick<AppRoute, 'method' | 'path'>,
  ): Promise<Record<string, number | 'in'>> => {
    const entries = Object.keys(callers).map(async (caller) => {
      const status = await statusOf(route, caller);
      return [caller, status === 401 || status === 403 ? status : 'in'] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  };

  it('says whom it is for', () => {
    const undeclared = routes.filter(({ call, needs }) => needs === undefined && !(call in OTHERS));
    expect(undeclared.map(({ call }) => call)).toEqual([]);
    expect(middlewareOf(service.app).filter((name) => !MIDDLEWARE.has(name))).toEqual([]);
    // The list of the others holds nothing that is gone.
    const calls = routes.map(({ call }) => call);
    expect(Object.keys(OTHERS).filter((call) => !calls.includes(call))).toEqual([]);
  });

  it('says what the audit log calls it when it changes something', () => {
    const silent = routes.filter(
      ({ call, method, action }) =>
        !['GET', 'HEAD'].includes(method) && action === undefined && !(call in OTHERS),
    );
    expect(silent.map(({ call }) => call)).toEqual([]);
  });

  it('opens to those it is for, and to nobody else', async () => {
    const all = { nobody: 401, wrong: 401, elsewhere: 401, stranger: 403 };
    const expected = {
      admin: { ...all, viewer: 403, guest: 403, admin: 'in', boss: 'in' },
      viewer: { ...all, viewer: 'in', guest: 'in', admin: 'in', boss: 'in' },
      nobody: Object.fromEntries(Object.keys(callers).map((caller) => [caller, 'in'])),
      signature: Object.fromEntries(Object.keys(callers).map((caller) => [caller, 401])),
    };
    for (const route of routes) {
      const needs = (route.needs ?? OTHERS[route.call]?.needs) as keyof typeof expected;
      expect([route.call, await results(route)]).toEqual([route.call, expected[needs]]);
    }
  });

  it('is all there is: the files of the console are open, everything else is not there', async () => {
    const built = readdirSync(CONSOLE, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    const files = ['', ...built.map(({ parentPath, name }) => relative(CONSOLE, join(parentPath, name)))];
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      expect([file, await statusOf({ method: 'GET', path: `/${file}` }, 'nobody')]).toEqual([file, 200]);
    }
    for (const path of [
      '/metrics-x',
      '/api',
      '/api/v1',
      '/api/v1/',
      '/.env',
      '/package.json',
      '/../package.json',
    ])
      expect([path, await statusOf({ method: 'GET', path }, 'admin')]).toEqual([path, 404]);
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS'])
      expect([method, await statusOf({ method, path: '/api/v1/stats' }, 'nobody')]).toEqual([
        method,
        method === 'OPTIONS' ? 204 : 404,
      ]);
  });

  it(`is in ${DOCUMENT} (WRITE_DOCS=1 writes it)`, async () => {
    const lines: string[] = [];
    for (const route of routes) {
      const { nobody, viewer, admin } = await results(route);
      const needs = route.needs ?? OTHERS[route.call]?.needs ?? '';
      const cells = [nobody, viewer, admin].map((result) => (result === 'in' ? 'yes' : result));
      const action = route.action ? `\`${route.action}\`` : '';
      lines.push(`| \`${route.call}\` | ${[needs, ...cells, action].join(' | ')} |`);
    }
    const rows = [
      '| call | needs | no token | viewer | admin | audit log |',
      '| --- | --- | --- | --- | --- | --- |',
      ...lines,
    ];
    const text = readFileSync(DOCUMENT, 'utf8');
    const table = /(?:^\|.*\n)+/m.exec(text)?.[0] ?? '';
    if (process.env.WRITE_DOCS) return writeFileSync(DOCUMENT, text.replace(table, `${rows.join('\n')}\n`));
    expect(table.trim().split('\n').map(packed)).toEqual(rows.map(packed));
  });
});

/** A row without the spaces that only make it look even. */
function packed(row: string): string {
  return row.replace(/ +/g, ' ').replace(/-+/g, '-');
}
