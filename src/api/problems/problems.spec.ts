import { ForbiddenException, HttpException, NotFoundException } from '@nestjs/common';
import { ERROR_CODES, HarkError } from '../../core/errors';
import { InvalidFieldsError } from './invalid-fields.error';
import { problemOf } from './problem.mapper';
import { PROBLEMS } from './problem-table';
import { harkErrorOf } from './thrown.mapper';

const NOW = new Date('2025-06-01T12:00:00Z');

describe('the table of problems', () => {
  it.each(ERROR_CODES)('has a status and a title for %s', (code) => {
    const { status, title } = PROBLEMS[code];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).toMatch(/^[A-Z][^.]+$/);
  });

  it('has no two codes with one title', () => {
    expect(new Set(Object.values(PROBLEMS).map(({ title }) => title)).size).toBe(ERROR_CODES.length);
  });
});

describe('problem documents', () => {
  it('say when it may go better, in whole seconds', () => {
    const retryAt = new Date(NOW.getTime() + 1_500);
    expect(problemOf(new HarkError('quota_jobs_per_hour', 'Wait.', { retryAt }), NOW).retryAfter).toBe(2);
    expect(problemOf(new HarkError('quota_jobs_per_hour', 'Wait.', { retryAt: NOW }), NOW).retryAfter).toBe(
      1,
    );
    expect(problemOf(new HarkError('forbidden', 'No.'), NOW)).not.toHaveProperty('retryAfter');
  });

  it('say which field is wrong, whoever found out', () => {
    const own = new InvalidFieldsError([{ field: 'limit', message: 'limit is too large' }]);
    expect(problemOf(own, NOW)).toMatchObject({
      detail: 'Limit is too large.',
      errors: [{ field: 'limit' }],
    });
    const others = new HarkError('field_invalid', 'No such cursor.', { params: { field: 'cursor' } });
    expect(problemOf(others, NOW).errors).toEqual([{ field: 'cursor', message: 'No such cursor.' }]);
  });

  it('say nothing of what went wrong underneath', () => {
    const cause = new Error('password=hunter2 at /srv/hark/secret.ts:1');
    const said = JSON.stringify(problemOf(harkErrorOf(cause), NOW));
    expect(said).toContain('"code":"internal"');
    expect(said).not.toMatch(/hunter2|secret\.ts/);
  });
});

describe('what others throw', () => {
  it.each([
    [new NotFoundException('Cannot GET /x'), 'not_found'],
    [new ForbiddenException(), 'forbidden'],
    [new HttpException('too large', 413), 'media_too_large'],
    [new HttpException('what', 418), 'field_invalid'],
    [new HttpException('busy', 503), 'service_unavailable'],
    [new HttpException('broken', 500), 'internal'],
    [new HttpException('bad', 400, { cause: { type: 'entity.parse.failed' } }), 'json_malformed'],
    [new HttpException('bad', 400, { cause: new URIError('bad') }), 'not_found'],
    [new Error('anything'), 'internal'],
    ['a text', 'internal'],
    [undefined, 'internal'],
  ])('becomes one of our codes: %s', (thrown, code) => expect(harkErrorOf(thrown).code).toBe(code));

  it('stays what it is when it is one of ours', () => {
    const ours = new HarkError('job_not_found', 'No such job.');
    expect(harkErrorOf(ours)).toBe(ours);
  });
});
