import { OpenAPIObject } from '@nestjs/swagger';

interface Operation {
  responses: Record<string, { content?: Record<string, { examples?: Record<string, object> }> }>;
}

/** Addresses that programs use, with or without a route behind them. */
const OF_PROGRAMS = /^\/(api\/v1|v1)(\/|$)/;
/** Answered without words. */
const BARE = new Set(['HEAD', 'OPTIONS']);
/** One for each service: it does not change while that runs. */
const documents = new Map<string, OpenAPIObject>();

/**
 * `fetch`, which sees to it that whatever error hark answers to a program is one that the service documents for that
 * route, method and status, in that shape.
 *
 * @throws Error when it is not documented
 */
export async function documentedFetch(to: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = to instanceof Request ? to : { url: to, method: 'GET' };
  const { origin, pathname } = new URL(request.url);
  const method = (init?.method ?? request.method).toUpperCase();
  const response = await fetch(to, init);
  if (response.status < 400 || BARE.has(method) || !OF_PROGRAMS.test(pathname)) return response;
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
  const body: unknown = /json/.test(type) ? await response.clone().json() : undefined;
  const said = `${response.status} ${type} ${codeIn(body)}`;
  const document = await documentOf(origin);
  // Before its database answers hark has no API, and says so.
  if (!document) return response;
  const known = errorsOf(document, method, pathname);
  if (!known.includes(said))
    throw new Error(
      `${method} ${pathname} answered ${said}, which it documents nowhere: ${known.join(', ')}`,
    );
  return response;
}

/** The codes of an answer's body, as a problem document or as OpenAI's API has them. */
export function codeIn(body: unknown): string | undefined {
  const { code, error } = (body ?? {}) as { code?: string; error?: { code?: string } };
  return code ?? error?.code;
}

async function documentOf(origin: string): Promise<OpenAPIObject | undefined> {
  const known = documents.get(origin);
  if (known) return known;
  const got = await fetch(`${origin}/docs-json`);
  const document = got.ok ? ((await got.json()) as OpenAPIObject) : undefined;
  if (document) documents.set(origin, document);
  return document;
}

/** As `status type code`. Where there is no route there is nothing. */
function errorsOf({ paths }: OpenAPIObject, method: string, pathname: string): string[] {
  const found = Object.entries(paths)
    .filter(([path]) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i').test(pathname))
    // What has no gaps to fill is meant rather than what has.
    .sort(([one], [other]) => one.split('{').length - other.split('{').length)
    .map(([, methods]) => (methods as Record<string, Operation | undefined>)[method.toLowerCase()])
    .find((operation) => operation !== undefined);
  if (!found) return [`404 ${shapeAt(pathname)} not_found`];
  return Object.entries(found.responses).flatMap(([status, { content }]) =>
    Object.entries(content ?? {}).flatMap(([type, { examples }]) =>
      Object.keys(examples ?? {}).map((code) => `${status} ${type} ${code}`),
    ),
  );
}

function shapeAt(pathname: string): string {
  return pathname.startsWith('/v1') ? 'application/json' : 'application/problem+json';
}
