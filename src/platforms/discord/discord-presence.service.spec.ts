import { ActivityType, PresenceUpdateStatus } from 'discord.js';
import { DiscordHome, openDiscordHome } from '../../../test/support/discord-home';
import { newJob } from '../../../test/support/new-job';
import { IntakeService } from '../../core/intake.service';
import { JobControlService } from '../../core/job-control.service';
import { Phrasebook } from '../../core/phrasebook';
import { presenceOf } from './connection/presence.mapper';

describe('the presence', () => {
  let home: DiscordHome;

  beforeAll(async () => {
    home = await openDiscordHome({ roles: ['bot'], timings: { presenceMs: 20 } });
    await home.server.waitForLogin();
  });
  afterAll(() => home.close());

  const shown = (): string | undefined => home.server.presence?.activities?.[0]?.name;
  const changes = (): number => home.server.gateway.sessions[0]?.presences.length ?? 0;

  it('tells how many notes are in the queue, and when there are none', async () => {
    const intake = home.app.get(IntakeService, { strict: false });
    const control = home.app.get(JobControlService, { strict: false });
    await home.server.waitFor(() => shown() === 'voice notes');
    const jobs = [];
    for (let count = 0; count < 3; count += 1) jobs.push(await intake.submit(newJob().note));
    await home.server.waitFor(() => shown() === '3 voice notes');
    expect(home.server.presence).toMatchObject({
      status: PresenceUpdateStatus.Online,
      activities: [{ type: ActivityType.Listening }],
    });
    for (const { job } of jobs) await control.cancel(job.id);
    await home.server.waitFor(() => shown() === 'voice notes');
  });

  it('does not change as long as there is nothing new to say', async () => {
    const before = changes();
    home.server.gateway.requestReconnect();
    await home.server.waitFor(() => home.server.gateway.resumes === 1);
    expect(changes()).toBe(before);
  });

  it.each([
    ['loading', PresenceUpdateStatus.Idle, 'Loading the speech model'],
    ['unavailable', PresenceUpdateStatus.DoNotDisturb, 'Speech engine out of order'],
  ] as const)('says so while the engine is %s', (engine, status, state) => {
    const phrasebook = home.app.get(Phrasebook, { strict: false });
    expect(presenceOf({ engine, notes: 2 }, phrasebook)).toMatchObject({ status, activities: [{ state }] });
  });
});
