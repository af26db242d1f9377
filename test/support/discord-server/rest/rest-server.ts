import { IncomingMessage, ServerResponse } from 'node:http';
import { Fault } from '../faults';
import { Realm } from '../realm';
import { RecordedRequest } from '../state/journal';
import { Access } from './access';
import { applicationRoutes } from './application-routes';
import { channelRoutes } from './channel-routes';
import { DiscordError, refuse } from './discord-error';
import { guildRoutes } from './guild-routes';
import { InteractionAnswers } from './interaction-answers';
import { interactionRoutes } from './interaction-routes';
import { messageRoutes } from './message-routes';
import { reactionRoutes } from './reaction-routes';
import { readBody, RequestBody } from './request-body';
import { RestAnswer, Router } from './rest-call';

const VERSION = /^\/api\/v(\d+)(\/.*)$/;

interface Reply extends RestAnswer {
  headers?: Record<string, string>;
}

/** Answers every HTTP request: REST v10 below /api, attachments beside it. */
export class RestServer {
  readonly #router: Router;

  /** `stopped` resolves when the server stops: what a fault holds is let go. */
  constructor(
    private readonly realm: Realm,
    private readonly stopped: Promise<void>,
  ) {
    const access = new Access(realm.world, realm.board);
    this.#router = new Router([
      ...applicationRoutes(realm),
      ...channelRoutes(realm, access),
      ...messageRoutes(realm, access),
      ...reactionRoutes(realm, access),
      ...guildRoutes(realm, access),
      ...interactionRoutes(realm, new InteractionAnswers(realm)),
    ]);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://local');
    const method = request.method ?? 'GET';
    const [, version, path] = VERSION.exec(url.pathname) ?? [undefined, undefined, url.pathname];
    const failure: { error?: unknown } = {};
    const body = await readBody(request).catch((error: unknown): RequestBody => {
      failure.error = error;
      return { json: undefined, files: [] };
    });
    const fault = this.realm.faults.take(method, path ?? '');
    const recorded = this.realm.journal.record({
      method,
      path: path ?? '',
      query: Object.fromEntries(url.searchParams),
      body: body.json,
      files: body.files,
      authorized: request.headers.authorization !== undefined,
      host: request.headers.host ?? '',
      ...(fault ? { fault: fault.kind } : {}),
    });
    recorded.status = await this.#answer({ request, response, url, version, recorded, body, failure, fault });
    this.realm.journal.changed();
  }

  async #answer(exchange: {
    request: IncomingMessage;
    response: ServerResponse;
    url: URL;
    version: string | undefined;
    recorded: RecordedRequest;
    body: RequestBody;
    failure: { error?: unknown };
    fault: Fault | undefined;
  }): Promise<number | 'dropped'> {
    const { request, response, url, version, recorded, body, fault } = exchange;
    if (fault?.kind === 'drop-before') return drop(response, fault.how);
    if (fault?.kind === 'hold' && fault.when !== 'after') await Promise.race([fault.until, this.stopped]);
    if (fault?.kind === 'rate-limit') return send(response, tooManyRequests(fault));
    if (fault?.kind === 'status')
      return send(response, { status: fault.status, body: fault.body ?? failureOf(fault) });
    if (version === undefined) return this.realm.cdn.serve(url, response, fault);

    const reply = this.#reply(version, recorded, url, body, exchange.failure, request.headers.authorization);
    if (fault?.kind === 'drop-after') return drop(response, fault.how);
    if (fault?.kind === 'hold' && fault.when === 'after') await Promise.race([fault.until, this.stopped]);
    return send(response, reply);
  }

  #reply(
    version: string,
    { method, path }: RecordedRequest,
    url: URL,
    body: RequestBody,
    failure: { error?: unknown },
    authorization: string | undefined,
  ): Reply {
    let headers: Record<string, string> = {};
    try {
      if (version !== '10') throw refuse.badVersion();
      const { route, params, known } = this.#router.find(method, path);
      if (!route) throw known ? refuse.methodNotAllowed() : refuse.notFound();
      if (!route.open && authorization !== `Bot ${this.realm.settings.token}`) throw refuse.unauthorized();
      const admission = this.realm.rates.admit(route, params);
      ({ headers } = admission);
      if (admission.retryAfter !== undefined) {
        const { retryAfter, global } = admission;
        const limited = tooManyRequests({ retryAfter, global });
        return { ...limited, headers: { ...headers, ...limited.headers } };
      }
      if (failure.error) throw failure.error as Error;
      const param = (name: string) => params.get(name) ?? '';
      const answer = route.handle({ param, query: url.searchParams, body: body.json, files: body.files });
      return { ...answer, headers };
    } catch (error) {
      if (error instanceof DiscordError) return { status: error.status, body: error.toBody(), headers };
      this.realm.journal.crashes.push(error);
      return { status: 500, body: { message: '500: Internal Server Error', code: 0 }, headers };
    }
  }
}

/** Decimal seconds in the header, too, so that tests need not wait for whole ones. */
function tooManyRequests(limit: { retryAfter: number; global?: boolean; scope?: string }): Reply {
  const { retryAfter, global = false } = limit;
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: retryAfter, global },
    headers: {
      'retry-after': String(retryAfter),
      'x-ratelimit-scope': limit.scope ?? (global ? 'global' : 'user'),
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    },
  };
}

function failureOf({ status }: { status: number }): object {
  return { message: `${status}: ${status >= 500 ? 'Internal Server Error' : 'Bad Request'}`, code: 0 };
}

function drop(response: ServerResponse, how: 'reset' | 'close' = 'reset'): 'dropped' {
  if (how === 'close') response.socket?.destroy();
  else response.socket?.resetAndDestroy();
  return 'dropped';
}

function send(response: ServerResponse, reply: Reply): number {
  const text = reply.body === undefined ? '' : JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    ...(reply.body === undefined ? {} : { 'content-type': 'application/json' }),
    'content-length': Buffer.byteLength(text),
    via: '1.1 google',
    ...reply.headers,
  });
  response.end(text);
  return reply.status;
}
