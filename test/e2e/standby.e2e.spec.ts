import { Fleet } from '../support/fleet';
import { HarkProcess } from '../support/hark-process';

const LEADS = 'This process leads';
const STANDS_BY = 'this one stands by';
/** What a takeover may take, and the start of a process on a busy machine. */
const TAKEOVER_MS = 30_000;

interface Ready {
  details: Record<string, { status: string; detail: string }>;
}

async function leaderOf(hark: HarkProcess): Promise<string> {
  const ready = (await (await hark.call('/health/ready')).json()) as Ready;
  return ready.details.leader?.detail ?? '';
}

describe('of two bots', () => {
  it('one holds the connection, and the other one takes over when that is killed, in the middle of its work', async () => {
    await using fleet = await Fleet.gather({ redis: 'up' });
    const first = await fleet.start('bot');
    await first.said(LEADS);
    const second = await fleet.start('bot');
    await fleet.start('worker');
    await second.said(STANDS_BY);
    await fleet.discord.waitForLogin();
    expect(fleet.discord.gateway.sessions).toHaveLength(1);
    expect(await leaderOf(first)).toContain('This process leads');
    expect(await leaderOf(second)).toContain(`Stands by; the leader is`);
    expect(await leaderOf(second)).toContain(`:${first.pid},`);
    expect(await fleet.doctor()).toMatch(new RegExp(`^✓ leader +Led by .*:${first.pid},`, 'm'));

    const held = Promise.withResolvers<void>();
    const posts = { method: 'POST', path: /\/messages$/, times: 3 };
    fleet.discord.faults.next({ ...posts, fault: { kind: 'hold', until: held.promise, when: 'after' } });
    const spoken = [fleet.speak(), fleet.speak(), fleet.speak()];
    await fleet.discord.waitFor(() => fleet.answersTo(spoken).some((count) => count > 0));
    const killed = performance.now();
    await first.end('SIGKILL');
    // Nobody hears these at first.
    spoken.push(fleet.speak(), fleet.speak());
    await second.said(LEADS);
    expect(performance.now() - killed).toBeLessThan(TAKEOVER_MS);
    held.resolve();
    await fleet.answered(spoken);
    expect(fleet.answersTo(spoken)).toEqual([1, 1, 1, 1, 1]);
  }, 240_000);

  it('one that stood still neither posts nor edits when it goes on, and may lead again later', async () => {
    await using fleet = await Fleet.gather({ redis: 'up' });
    const first = await fleet.start('bot', fleet.elsewhere);
    await first.said(LEADS);
    const second = await fleet.start('bot');
    await fleet.start('worker');
    await second.said(STANDS_BY);
    await fleet.discord.waitForLogin();

    const held = Promise.withResolvers<void>();
    const edits = { method: 'PATCH', path: /\/messages\//, times: 1 };
    fleet.discord.faults.next({ ...edits, fault: { kind: 'hold', until: held.promise } });
    const spoken = [fleet.speak(), fleet.speak(), fleet.speak()];
    await fleet.discord.waitForRequest(({ method }) => method === 'PATCH');
    const stopped = performance.now();
    process.kill(first.pid, 'SIGSTOP');
    held.resolve();
    spoken.push(fleet.speak());
    await second.said(LEADS);
    expect(performance.now() - stopped).toBeLessThan(TAKEOVER_MS);
    await fleet.answered(spoken);

    const before = fleet.writesFromElsewhere;
    expect(before).toBeGreaterThan(0);
    process.kill(first.pid, 'SIGCONT');
    await first.said('Another process leads now');
    await first.said(STANDS_BY);
    expect(await leaderOf(first)).toContain(`:${second.pid},`);
    expect(fleet.writesFromElsewhere).toBe(before);
    expect(fleet.answersTo(spoken)).toEqual([1, 1, 1, 1]);

    await second.end();
    await first.said(LEADS, 2);
    spoken.push(fleet.speak());
    await fleet.answered(spoken);
    expect(fleet.answersTo(spoken)).toEqual([1, 1, 1, 1, 1]);
  }, 240_000);
});

describe('of two processes with the embedded queue on one data folder', () => {
  it('the second one stands by with everything, and takes over', async () => {
    await using fleet = await Fleet.gather({ redis: 'none' });
    const first = await fleet.start('api,bot,worker');
    await first.said(LEADS);
    const second = await fleet.start('api,bot,worker');
    await second.said(STANDS_BY);
    expect(await leaderOf(second)).toContain('Another hark works with the same data');
    await fleet.discord.waitForLogin();
    expect(fleet.discord.gateway.sessions).toHaveLength(1);

    const held = Promise.withResolvers<void>();
    const media = { path: /^\/attachments\//, fault: { kind: 'hold', until: held.promise } } as const;
    fleet.discord.faults.next(media);
    const spoken = [fleet.speak()];
    await fleet.discord.waitForRequest(({ path }) => path.startsWith('/attachments/'));
    await first.end('SIGKILL');
    await second.said(LEADS);
    held.resolve();
    spoken.push(fleet.speak());
    await fleet.answered(spoken);
    expect(fleet.answersTo(spoken)).toEqual([1, 1]);
    const { jobs } = (await (await second.call('/api/v1/jobs')).json()) as { jobs: { attempts: number }[] };
    expect(jobs.map(({ attempts }) => attempts).sort()).toEqual([1, 2]);
  }, 240_000);
});
