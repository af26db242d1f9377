import { LimitsTarget, limitsOf, targetName, targetOf, valuesFor, withLimit } from './limits-choices';
import { PlaceQuota } from './quota-rules';

const NONE = { jobsPerHour: 0, audioMinutesPerDay: 0, activeJobs: 0 };
const TARGETS: LimitsTarget[] = [
  { kind: 'channel' },
  { kind: 'server' },
  { kind: 'members' },
  { kind: 'role', id: '123' },
  { kind: 'user', id: 'U1' },
];

describe('limits', () => {
  it('are for a target that is found again by its name', () => {
    for (const target of TARGETS) expect(targetOf(targetName(target))).toEqual(target);
    for (const name of ['', 'role', 'role-', 'user-a:b', 'nobody', '__proto__'])
      expect(targetOf(name)).toBeUndefined();
  });

  it('are changed one by one, each target by itself', () => {
    let quota: PlaceQuota | undefined;
    for (const [index, target] of TARGETS.slice(1).entries())
      quota = withLimit(quota, target, 'jobsPerHour', index + 1);
    quota = withLimit(quota, { kind: 'role', id: '123' }, 'activeJobs', 0);
    expect(quota).toEqual({
      limits: { jobsPerHour: 1 },
      members: { jobsPerHour: 2 },
      exceptions: [
        { user: 'U1', limits: { jobsPerHour: 4 } },
        { role: '123', limits: { jobsPerHour: 3, activeJobs: 0 } },
      ],
    });
    expect(limitsOf(quota, { kind: 'role', id: '123' })).toEqual({ jobsPerHour: 3, activeJobs: 0 });
    expect(limitsOf(quota, { kind: 'user', id: '123' })).toEqual({});
  });

  it('leave nothing behind when they are taken back', () => {
    let quota: PlaceQuota | undefined;
    for (const target of TARGETS) quota = withLimit(quota, target, 'audioMinutesPerDay', 5);
    for (const target of TARGETS) quota = withLimit(quota, target, 'audioMinutesPerDay', undefined);
    expect(quota).toBeUndefined();
  });

  it('of a whole place are never above those of the operator, others may be anything', () => {
    const usual = { ...NONE, jobsPerHour: 30 };
    for (const kind of ['channel', 'server'] as const) {
      expect(valuesFor({ kind }, 'jobsPerHour', usual, undefined)).toEqual([1, 5, 10, 20, 30]);
      expect(valuesFor({ kind }, 'activeJobs', usual, undefined)[0]).toBe(0);
    }
    expect(valuesFor({ kind: 'members' }, 'jobsPerHour', usual, undefined)).toContain(1_000);
  });

  it('that were set over the API can be seen among the choices', () => {
    expect(valuesFor({ kind: 'server' }, 'activeJobs', NONE, 4)).toEqual([0, 1, 2, 3, 4, 5, 10, 20]);
  });
});
