import { randomUUID } from 'node:crypto';
import { OpenAPIObject } from '@nestjs/swagger';
import { OpenAiErrorView } from '../../src/api/openai/openai-error.view';
import { PROBLEMS } from '../../src/api/problems/problem-table';
import { ProblemView } from '../../src/api/problems/problem.view';
import { ErrorCode } from '../../src/core/errors';
import { ApiClient } from '../support/api-client';
import { codeIn } from '../support/documented-errors';
import { ADMIN_TOKEN, RunningService, VIEWER_TOKEN, startService } from '../support/service-in-process';

interface Operation {
  requestBody?: object;
  parameters?: { name: string; in: string }[];
  responses: Record<
    string,
    { content?: Record<string, { schema?: object; examples?: Record<string, { value: Example }> }> }
  >;
}

/** A route as the API documents it. */
interface Route {
  name: string;
  method: string;
  path: string;
  operation: Operation;
}

interface Refusal {
  status: number;
  type: string | undefined;
  code?: string;
}

/** A call that should not go well. */
interface Probe {
  what: string;
  query?: string;
  init?: RequestInit;
  token?: string | null;
}

/** A problem document, or the same as OpenAI's API has it. */
type Example = Partial<ProblemView & OpenAiErrorView>;

const PROBLEM = 'application/problem+json';
const OPENAI = 'application/json';
const json = (body: string): RequestInit => ({ headers: { 'Content-Type': 'application/json' }, body });
const PROBES: readonly Probe[] = [
  { what: 'no token', token: null },
  { what: 'the viewer’s token', token: VIEWER_TOKEN },
  {
    what: 'fields that nobody knows',
    query: '?nonsense=1&limit=x&cursor=rubbish&since=never&format=x&days=x',
  },
];
const BODIES: readonly Probe[] = [
  { what: 'nothing' },
  { what: 'malformed JSON', init: json('{"url":') },
  { what: 'JSON of another kind', init: json('[1]') },
  { what: 'fields that nobody knows', init: json('{"nonsense":1,"url":7,"events":"x","language":"xx"}') },
  { what: 'a link that leads nowhere', init: json('{"url":"ftp://x","events":["done"]}') },
  { what: 'a private link', init: json('{"url":"https://127.0.0.1:1/a.ogg","events":["done"]}') },
  { what: 'a body that is too large', init: json(`{"url":"${'x'.repeat(70_000)}"}`) },
  { what: 'a body of another type', init: { headers: { 'Content-Type': 'text/plain' }, body: 'x' } },
];

describe('problems of the API', () => {
  let service: RunningService;
  let routes: Route[];

  beforeAll(async () => {
    service = await startService();
    const { body } = await new ApiClient(service.url, null).call<OpenAPIObject>('GET', '/docs-json');
    routes = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        operation,
      })),
    );
  });
  afterAll(() => service.close());

  /** Of the API itself, and of the calls that are OpenAI's. */
  const ofPrograms = (): Route[] => routes.filter(({ path }) => path.includes('/v1/'));
  const shapeOf = ({ path }: Route): string => (path.startsWith('/v1/') ? OPENAI : PROBLEM);
  const documented = (route: Route): { status: string; code: string; value: Example }[] =>
    Object.entries(route.operation.responses).flatMap(([status, { content }]) =>
      Object.entries((Number(status) >= 400 && content?.[shapeOf(route)]?.examples) || {}).map(
        ([code, { value }]) => ({ status, code, value }),
      ),
    );
  /** Undefined when it went well: a stream of events would never end. */
  const call = async (
    { method, path }: Route,
    { query = '', init, token = ADMIN_TOKEN }: Probe,
  ): Promise<Refusal | undefined> => {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => VALUES[name] ?? randomUUID());
    const headers = new Headers(init?.headers);
    if (token !== null) headers.set('Authorization', `Bearer ${token}`);
    const response = await fetch(`${service.url}${filled}${query}`, { ...init, method, headers });
    if (response.ok) return void (await response.body?.cancel());
    const type = response.headers.get('content-type')?.split(';')[0];
    const code = type === PROBLEM || type === OPENAI ? codeIn(await response.json()) : undefined;
    return { status: response.status, type, code };
  };
  const VALUES: Record<string, string> = { platform: 'discord', kind: 'user' };

  it('have an example for each code, at the status that it has', () => {
    for (const route of ofPrograms()) {
      const examples = documented(route);
      expect([route.name, examples.length >= 5]).toEqual([route.name, true]);
      for (const { status, code, value } of examples) {
        expect([route.name, codeIn(value)]).toEqual([route.name, code]);
        if (value.status !== undefined) expect([code, String(value.status)]).toEqual([code, status]);
        const sentence = value.detail ?? value.error?.message;
        expect([code, sentence]).toEqual([code, expect.stringMatching(/^\p{Lu}.*\.$/u)]);
        expect(PROBLEMS[code as ErrorCode].status).toBe(Number(status));
        expect(route.operation.responses[status]?.content?.[shapeOf(route)]?.schema).toBeDefined();
      }
    }
  });

  it('are documented where they come from, whatever a call does wrong', async () => {
    const unknown: string[] = [];
    let met = 0;
    for (const route of ofPrograms()) {
      const known = documented(route).map(({ status, code }) => `${status} ${shapeOf(route)} ${code}`);
      const takesBody = ['POST', 'PUT', 'PATCH'].includes(route.method);
      for (const probe of [...PROBES, ...(takesBody ? BODIES : [])]) {
        const refused = await call(route, probe);
        if (!refused) continue;
        met += 1;
        const { status, type, code } = refused;
        const said = `${status} ${type} ${code}`;
        if (!known.includes(said)) unknown.push(`${route.name}, ${probe.what}: ${said}`);
      }
    }
    expect(unknown).toEqual([]);
    expect(met).toBeGreaterThan(100);
  });
});
