import { OpenAPIObject } from '@nestjs/swagger';
import { ErrorCode } from '../../core/errors';
import { OPENAI_SHAPE } from '../openai/openai-error';
import { ErrorResponse, PROBLEM_SHAPE, errorResponses } from '../problems/problem-responses';

type Responses = Record<string, Partial<ErrorResponse>>;

/** Bodies are read before anybody asks whether the call takes one. */
const OF_BODIES: readonly ErrorCode[] = ['json_malformed', 'media_too_large'];

/** Adds to every call that may carry a body what can be wrong with one. */
export function documentBodyProblems({ paths }: OpenAPIObject): void {
  for (const { post, put, patch } of Object.values(paths)) {
    for (const operation of [post, put, patch]) {
      const responses = (operation?.responses ?? {}) as Responses;
      for (const shape of [PROBLEM_SHAPE, OPENAI_SHAPE]) {
        const known = Object.entries(responses).flatMap(([status, { content }]) =>
          Number(status) >= 400 ? Object.keys(content?.[shape.type]?.examples ?? {}) : [],
        );
        if (known.length === 0) continue;
        for (const { status, ...response } of errorResponses(
          [...(known as ErrorCode[]), ...OF_BODIES],
          shape,
        ))
          responses[status] = response;
      }
    }
  }
}
