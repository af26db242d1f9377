import { OpenAPIObject } from '@nestjs/swagger';
import { ErrorCode } from '../../core/errors';
import { ProblemResponse, problemResponses } from '../problems/problem-responses';

type Responses = Record<string, Partial<ProblemResponse>>;

const PROBLEM = 'application/problem+json';
/** Bodies are read before anybody asks whether the call takes one. */
const OF_BODIES: readonly ErrorCode[] = ['json_malformed', 'media_too_large'];

/** Adds to every call that may carry a body what can be wrong with one. */
export function documentBodyProblems({ paths }: OpenAPIObject): void {
  for (const { post, put, patch } of Object.values(paths)) {
    for (const operation of [post, put, patch]) {
      const responses = operation?.responses as Responses | undefined;
      if (!responses || !Object.values(responses).some(({ content }) => content?.[PROBLEM])) continue;
      const known = Object.values(responses).flatMap(({ content }) =>
        Object.keys(content?.[PROBLEM]?.examples ?? {}),
      );
      for (const { status, ...response } of problemResponses([...(known as ErrorCode[]), ...OF_BODIES]))
        responses[status] = response;
    }
  }
}
