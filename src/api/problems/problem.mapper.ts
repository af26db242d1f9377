import { HarkError } from '../../core/errors';
import { InvalidFieldsError } from './invalid-fields.error';
import { PROBLEMS } from './problem-table';
import { ProblemView } from './problem.view';

/** An error as a problem document. Says nothing that `userMessage` does not. */
export function problemOf(error: HarkError, now: Date): ProblemView {
  const { code, userMessage, retryAt } = error;
  const { status, title } = PROBLEMS[code];
  const errors = fieldsOf(error);
  return {
    type: typeOf(code),
    title,
    status,
    detail: userMessage,
    code,
    ...(errors && { errors }),
    ...(retryAt && { retryAfter: Math.max(1, Math.ceil((retryAt.getTime() - now.getTime()) / 1000)) }),
  };
}

export function typeOf(code: HarkError['code']): string {
  return `urn:hark:problem:${code}`;
}

/** Rooms other than this one name the field among the values of the sentence. */
function fieldsOf(error: HarkError): ProblemView['errors'] {
  if (error instanceof InvalidFieldsError) return [...error.fields];
  const { field } = error.params;
  return typeof field === 'string' ? [{ field, message: error.userMessage }] : undefined;
}
