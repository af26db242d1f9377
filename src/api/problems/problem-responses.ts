import { getSchemaPath } from '@nestjs/swagger';
import { ErrorCode } from '../../core/errors';
import { PROBLEMS } from './problem-table';
import { typeOf } from './problem.mapper';
import { ProblemView } from './problem.view';

/** What OpenAPI says of one status: its codes, and an example for each. */
export interface ProblemResponse {
  status: number;
  description: string;
  content: {
    'application/problem+json': {
      schema: { $ref: string };
      examples: Record<string, { value: ProblemView }>;
    };
  };
}

/** One response for each status that the codes have. */
export function problemResponses(codes: Iterable<ErrorCode>): ProblemResponse[] {
  const byStatus = Map.groupBy(new Set(codes), (code) => PROBLEMS[code].status);
  return [...byStatus].map(([status, all]) => ({
    status,
    description: all.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemView) },
        examples: Object.fromEntries(all.map((code) => [code, { value: example(code) }])),
      },
    },
  }));
}

function example(code: ErrorCode): ProblemView {
  const { status, title } = PROBLEMS[code];
  return { type: typeOf(code), title, status, detail: `${title}.`, code };
}
