import { AuditBounds } from './audit-bounds';
import { AuditEvent } from './audit-log';

const MINUTE_MS = 60_000;

const refused = (address: string): AuditEvent => ({
  actor: 'nobody',
  address,
  action: 'call',
  outcome: 'refused',
  code: 'unauthorized',
});
const looked = (target: string, actor = 'api:viewer'): AuditEvent => ({
  actor,
  action: 'transcript.read',
  target,
  outcome: 'done',
});

describe('what is written down', () => {
  let bounds: AuditBounds;
  beforeEach(() => {
    bounds = new AuditBounds();
  });

  it('is every change, and every one that did not succeed', () => {
    for (const outcome of ['done', 'failed'] as const) {
      const event: AuditEvent = { actor: 'api:admin', action: 'job.erase', target: '1', outcome };
      const answers = Array.from({ length: 500 }, () => bounds.admit(event, 0));
      expect(new Set(answers)).toEqual(new Set([0]));
    }
  });

  it('is one look at the same thing by the same person in ten minutes', () => {
    expect([bounds.admit(looked('1'), 0), bounds.admit(looked('1'), 10 * MINUTE_MS - 1)]).toEqual([
      0,
      undefined,
    ]);
    expect(bounds.admit(looked('2'), 1)).toBe(0);
    expect(bounds.admit(looked('1', 'api:admin'), 1)).toBe(0);
    expect(bounds.admit({ ...looked('1'), address: '10.0.0.1' }, 1)).toBe(0);
    const nothing: AuditEvent = { ...looked('1'), outcome: 'failed', code: 'job_not_found' };
    expect([bounds.admit(nothing, 1), bounds.admit(nothing, 2)]).toEqual([0, undefined]);
    expect(bounds.admit(looked('1'), 10 * MINUTE_MS)).toBe(0);
  });

  it('is ten refused attempts a minute from one address, and later how many more there were', () => {
    const answers = Array.from({ length: 50 }, () => bounds.admit(refused('10.0.0.1'), 0));
    expect(answers.filter((answer) => answer !== undefined)).toEqual(Array(10).fill(0));
    expect(bounds.admit(refused('10.0.0.2'), 0)).toBe(0);
    expect(bounds.admit(refused('10.0.0.1'), MINUTE_MS)).toBe(40);
    expect(bounds.admit(refused('10.0.0.1'), MINUTE_MS)).toBe(0);
  });

  it('is a hundred refused attempts a minute from all addresses together', () => {
    const answers = Array.from({ length: 5000 }, (_, index) => bounds.admit(refused(`10.0.0.${index}`), 0));
    expect(answers.filter((answer) => answer !== undefined)).toHaveLength(100);
    // Strangers do not hide what somebody with a token tries.
    expect(bounds.admit({ ...refused('10.0.0.1'), actor: 'api:viewer' }, 0)).toBe(0);
    expect(bounds.admit(refused('10.0.0.4999'), MINUTE_MS)).toBe(1);
  });

  it('does not need more memory the longer it goes on', () => {
    for (let index = 0; index < 50_000; index++) bounds.admit(looked(`${index}`), index);
    expect((bounds as unknown as { windows: Map<string, unknown> }).windows.size).toBe(10_000);
  });
});
