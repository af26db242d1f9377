import { PlaceQuota, activeLimit, quotaRules } from './quota-rules';
import { Member, ReplyAddress } from './voice-note';

const USUAL = {
  user: { jobsPerHour: 30, audioMinutesPerDay: 240, activeJobs: 3 },
  server: { jobsPerHour: 0, audioMinutesPerDay: 0, activeJobs: 0 },
  channel: { jobsPerHour: 0, audioMinutesPerDay: 0, activeJobs: 0 },
};
const HERE: ReplyAddress = { platform: 'discord', workspace: 'w', channel: 'c' };
const anna: Member = { id: 'anna', roles: ['staff', 'bakers'] };
const note = (requester = anna, replyTo = HERE) => ({ platform: 'discord', requester, replyTo });
const limits = (rules: ReturnType<typeof quotaRules>) =>
  rules.map(({ name, limit, scope: { platform: _, ...scope } }) => [name, limit, scope]);

describe('quotaRules', () => {
  it('are those of the person, wherever they ask, where nothing was decided', () => {
    expect(limits(quotaRules(note(), {}, USUAL))).toEqual([
      ['jobsPerHour', 30, { user: 'anna' }],
      ['audioMinutesPerDay', 240, { user: 'anna' }],
    ]);
    expect(activeLimit(note(), {}, USUAL)).toBeUndefined();
  });

  it('are also those of channel and server, usual ones or their own', () => {
    const usual = { ...USUAL, server: { jobsPerHour: 100, audioMinutesPerDay: 500, activeJobs: 9 } };
    const decided = {
      server: { limits: { jobsPerHour: 50 } },
      channel: { limits: { audioMinutesPerDay: 20 } },
    };
    expect(limits(quotaRules(note(), decided, usual))).toEqual([
      ['jobsPerHour', 30, { user: 'anna' }],
      ['jobsPerHour', 50, { server: 'w' }],
      ['audioMinutesPerDay', 240, { user: 'anna' }],
      ['audioMinutesPerDay', 20, { channel: 'c' }],
      ['audioMinutesPerDay', 500, { server: 'w' }],
    ]);
    expect(limits(quotaRules(note(anna, { platform: 'discord' }), decided, usual))).toHaveLength(2);
  });

  const server: PlaceQuota = {
    members: { jobsPerHour: 5, activeJobs: 1 },
    exceptions: [
      { role: 'staff', limits: { jobsPerHour: 50, activeJobs: 4 } },
      { role: 'bakers', limits: { jobsPerHour: 80, activeJobs: 2 } },
      { role: 'guests', limits: { jobsPerHour: 1, activeJobs: 0 } },
      { user: 'ben', limits: { jobsPerHour: 7 } },
    ],
  };
  const jobsPerHour = (requester: Member, own?: PlaceQuota) =>
    limits(quotaRules(note(requester), { server, user: own }, USUAL))[0];

  it('take the most generous of several roles, for what was asked for in this server', () => {
    expect(jobsPerHour(anna)).toEqual(['jobsPerHour', 80, { user: 'anna', server: 'w' }]);
    expect(activeLimit(note(), { server }, USUAL)).toBe(4);
    const all = { id: 'anna', roles: ['staff', 'guests'] };
    expect(activeLimit(note(all), { server }, USUAL)).toBe(0);
    const free: PlaceQuota = { exceptions: [{ role: 'staff', limits: { jobsPerHour: 0 } }] };
    expect(limits(quotaRules(note(), { server: free }, USUAL))).toEqual([
      ['audioMinutesPerDay', 240, { user: 'anna' }],
    ]);
  });

  it('take what was decided for a person before that for roles, and that before what holds for all', () => {
    const ben = { id: 'ben', roles: ['bakers'] };
    expect(jobsPerHour(ben)).toEqual(['jobsPerHour', 7, { user: 'ben', server: 'w' }]);
    expect(activeLimit(note(ben), { server }, USUAL)).toBe(2);
    expect(jobsPerHour({ id: 'carl', roles: [] })).toEqual(['jobsPerHour', 5, { user: 'carl', server: 'w' }]);
    expect(jobsPerHour({ id: 'carl' })).toEqual(['jobsPerHour', 5, { user: 'carl', server: 'w' }]);
    const own = { limits: { jobsPerHour: 2 } };
    expect(jobsPerHour(ben, own)).toEqual(['jobsPerHour', 2, { user: 'ben' }]);
  });
});
