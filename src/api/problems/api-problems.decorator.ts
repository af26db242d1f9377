import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ErrorCode } from '../../core/errors';
import { PROBLEMS } from './problem-table';
import { typeOf } from './problem.mapper';
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
  const byStatus = Map.groupBy(new Set([...codes, ...EVERYWHERE]), (code) => PROBLEMS[code].status);
  return applyDecorators(
    ApiExtraModels(ProblemView),
    ...[...byStatus].map(([status, all]) =>
      ApiResponse({
        status,
        description: all.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
        content: {
          'application/problem+json': {
            schema: { $ref: getSchemaPath(ProblemView) },
            examples: Object.fromEntries(all.map((code) => [code, { value: example(code) }])),
          },
        },
      }),
    ),
  );
}

function example(code: ErrorCode): ProblemView {
  const { status, title } = PROBLEMS[code];
  return { type: typeOf(code), title, status, detail: `${title}.`, code };
}
