import { ProblemView } from '../../src/api/problems/problem.view';
import { ErrorCode } from '../../src/core/errors';
import { Answer } from './api-client';

/** A whole problem document with this status and code. */
export function expectProblem(
  { status, headers, body }: Answer<ProblemView>,
  expected: number,
  code: ErrorCode,
): void {
  expect({ status, code: body.code, type: headers.get('content-type') }).toEqual({
    status: expected,
    code,
    type: 'application/problem+json; charset=utf-8',
  });
  expect(body).toMatchObject({
    status,
    type: `urn:hark:problem:${code}`,
    title: expect.stringMatching(/^[A-Z]/),
  });
  expectOneSentence(body.detail);
}

/** For people, without a stack, a path or a class name. */
export function expectOneSentence(text: string | undefined): void {
  expect(text).toMatch(/^\p{Lu}?.*\.$/u);
  expect(text).not.toMatch(/\n|Error|node_modules|\/tmp\/|\/uploads\/|undefined|\[object/);
}
