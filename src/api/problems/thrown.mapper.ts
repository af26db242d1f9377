import { HttpException } from '@nestjs/common';
import { HarkError } from '../../core/errors';
import { InvalidFieldsError } from './invalid-fields.error';

/** What body-parser and multer say of what they cannot read. */
interface ParserError {
  type?: string;
  code?: string;
  field?: string;
}

const NOTHING = 'There is nothing at this address.';
const PLAIN_WORDS = new Map([
  ['LIMIT_UNEXPECTED_FILE', 'send the recording in the field "file"'],
  ['LIMIT_FILE_COUNT', 'send one file at a time'],
]);

/** Whatever a route, a guard or a middleware threw, as the one kind of error. */
export function harkErrorOf(thrown: unknown): HarkError {
  return thrown instanceof HttpException ? ofHttp(thrown) : HarkError.from(thrown);
}

function ofHttp(thrown: HttpException): HarkError {
  const { type, code, field } = (thrown.cause ?? {}) as ParserError;
  if (type === 'entity.parse.failed')
    return new HarkError('json_malformed', 'The body is not a well-formed JSON object.', { cause: thrown });
  if (thrown.cause instanceof URIError) return new HarkError('not_found', NOTHING, { cause: thrown });
  if (code?.startsWith('LIMIT_') || thrown.getStatus() === 400)
    return badRequest(thrown, field, PLAIN_WORDS.get(code ?? ''));
  switch (thrown.getStatus()) {
    case 401:
      return new HarkError('unauthorized', 'A valid token is needed.', { cause: thrown });
    case 403:
      return new HarkError('forbidden', 'This is not allowed.', { cause: thrown });
    case 404:
      return new HarkError('not_found', NOTHING, { cause: thrown });
    case 413:
      return new HarkError('media_too_large', 'The body of the request is too large.', { cause: thrown });
    case 415:
      return badRequest(thrown, 'Content-Type');
    case 429:
      return new HarkError('too_many_requests', 'Too many requests.', { cause: thrown, retryable: true });
    case 503:
      return new HarkError('service_unavailable', 'The service is not available now.', {
        cause: thrown,
        retryable: true,
      });
    default:
      return thrown.getStatus() < 500 ? badRequest(thrown) : HarkError.from(thrown);
  }
}

/** The sentences of the libraries name nothing but what was sent. */
function badRequest(
  thrown: HttpException,
  field = 'body',
  message = `the request cannot be read: ${thrown.message}`,
): HarkError {
  return new InvalidFieldsError([{ field, message }], thrown);
}
