import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse } from '@nestjs/swagger';
import { ErrorCode } from '../../core/errors';
import { EVERYWHERE, PROBLEM_SHAPE, errorResponses } from './problem-responses';
import { ProblemView } from './problem.view';

/** Documents the codes that a route can answer with, besides those of every route: one response for each status. */
export function ApiProblems(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  const responses = errorResponses([...codes, ...EVERYWHERE], PROBLEM_SHAPE);
  return applyDecorators(ApiExtraModels(ProblemView), ...responses.map((one) => ApiResponse(one)));
}
