import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Options } from 'pino-http';

const REQUEST_ID = /^[\w.-]{8,64}$/;
/** Asked every few seconds by machines. */
const QUIET = /^\/(health|metrics)(\/|$)/;

/** Calls about a job are found by its id as the rest of its way is. */
const JOB = /\/jobs\/([\da-f-]{36})(?:\/|$)/;

type Request = IncomingMessage & { originalUrl?: string };

/**
 * One line a request: method, path, status and time. Never headers, bodies or the query, which may hold tokens and
 * what people searched for.
 */
export const requestLog: Options = {
  quietReqLogger: true,
  customAttributeKeys: { reqId: 'requestId' },
  genReqId: requestId,
  customLogLevel: (request, response, error) => {
    if (error !== undefined || response.statusCode >= 500) return 'error';
    return QUIET.test(pathOf(request)) ? 'debug' : 'info';
  },
  customProps: (request) => {
    const [, jobId] = JOB.exec(pathOf(request)) ?? [];
    return jobId === undefined ? {} : { jobId, stage: 'request' };
  },
  wrapSerializers: false,
  serializers: {
    req: (request: Request) => ({
      method: request.method,
      path: pathOf(request),
      remoteAddress: request.socket?.remoteAddress,
    }),
    res: (response: ServerResponse) => ({ statusCode: response.statusCode }),
  },
};

/** The caller's own id when it is a harmless one, so that a request can be followed across services. */
function requestId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', id);
  return id;
}

function pathOf(request: Request): string {
  return (request.originalUrl ?? request.url ?? '').replace(/[?#].*$/s, '');
}
