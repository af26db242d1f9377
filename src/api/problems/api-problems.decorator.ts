import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse } from '@nestjs/swagger';
import { ErrorCode } from '../../core/errors';
import { problemResponses } from './problem-responses';
import { ProblemView } from './problem.view';

/** What any call that needs a token can answer. */
const EVERYWHERE: readonly ErrorCode[] = [
  'unauthorized',
  'forbidden',
  'too_many_requests',
  'service_unavailable',
  'internal',
];

/** Documents the codes that a route can answer with, besides those of every route: one response for each status. */
export function ApiProblems(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  const responses = problemResponses([...codes, ...EVERYWHERE]);
  return applyDecorators(ApiExtraModels(ProblemView), ...responses.map((one) => ApiResponse(one)));
}
