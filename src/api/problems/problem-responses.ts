import type { Type } from '@nestjs/common';
import { getSchemaPath } from '@nestjs/swagger';
import { ErrorCode } from '../../core/errors';
import { PROBLEMS } from './problem-table';
import { typeOf } from './problem.mapper';
import { ProblemView } from './problem.view';

/** In which words errors leave. */
export interface ErrorShape {
  type: string;
  view: Type;
  /** A problem in those words. */
  of: (problem: ProblemView) => object;
}

/** What OpenAPI says of one status: its codes, and an example for each. */
export interface ErrorResponse {
  status: number;
  description: string;
  content: Record<string, { schema: { $ref: string }; examples: Record<string, { value: object }> }>;
}

export const PROBLEM_SHAPE: ErrorShape = {
  type: 'application/problem+json',
  view: ProblemView,
  of: (problem) => problem,
};

/** What any call that needs a token can answer. */
export const EVERYWHERE: readonly ErrorCode[] = [
  'unauthorized',
  'forbidden',
  'too_many_requests',
  'service_unavailable',
  'internal',
];

/** One response for each status that the codes have. */
export function errorResponses(codes: Iterable<ErrorCode>, { type, view, of }: ErrorShape): ErrorResponse[] {
  const byStatus = Map.groupBy(new Set(codes), (code) => PROBLEMS[code].status);
  return [...byStatus].map(([status, all]) => ({
    status,
    description: all.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
    content: {
      [type]: {
        schema: { $ref: getSchemaPath(view) },
        examples: Object.fromEntries(all.map((code) => [code, { value: of(example(code)) }])),
      },
    },
  }));
}

function example(code: ErrorCode): ProblemView {
  const { status, title } = PROBLEMS[code];
  return { type: typeOf(code), title, status, detail: `${title}.`, code };
}
