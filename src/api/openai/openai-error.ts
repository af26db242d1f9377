import type { Response } from 'express';
import { HarkError } from '../../core/errors';
import { ProblemView } from '../problems/problem.view';
import { ErrorShape } from '../problems/problem-responses';
import { OpenAiErrorView } from './openai-error.view';

export const OPENAI_SHAPE: ErrorShape = {
  type: 'application/json',
  view: OpenAiErrorView,
  of: openAiErrorOf,
};

/** The same error, for programs that were written for OpenAI. */
export function openAiErrorOf({ status, detail, code, errors }: ProblemView): OpenAiErrorView {
  return { error: { message: detail, type: typeOf(status), param: errors?.[0]?.field ?? null, code } };
}

/** Answers a call with an error, and says whether to ask again: OpenAI's clients go by the status alone otherwise. */
export function sendOpenAiError(response: Response, problem: ProblemView, { retryable }: HarkError): void {
  response.setHeader('x-should-retry', String(retryable));
  response.status(problem.status).json(openAiErrorOf(problem));
}

function typeOf(status: number): string {
  if (status === 429) return 'requests';
  return status < 500 ? 'invalid_request_error' : 'server_error';
}
