import { join } from 'node:path';
import { Fleet } from '../support/fleet';
import { freePort } from '../support/free-port';
import { HarkProcess } from '../support/hark-process';
import { NOTES } from '../support/notes';
import { startPostgres } from '../support/postgres';

const NOTE = NOTES[2]!;
const AUDIO = join(__dirname, '../support/audio', NOTE.file);

interface Ready {
  status: string;
  details: Record<string, { status: string; detail: string }>;
}

async function ready(hark: HarkProcess): Promise<{ status: number; body: Ready; ms: number }> {
  const asked = performance.now();
  const response = await hark.call('/health/ready');
  return { status: response.status, body: (await response.json()) as Ready, ms: performance.now() - asked };
}

describe('with Redis down at the start', () => {
  it('the API answers and says so, takes notes, and they are read when Redis is there', async () => {
    await using fleet = await Fleet.gather({ redis: 'down' });
    const [api, worker] = [await fleet.start('api'), await fleet.start('worker'), await fleet.start('bot')];
    const { status, body, ms } = await ready(api);
    expect(ms).toBeLessThan(5_000);
    expect([status, body.details.queue?.detail]).toEqual([503, expect.stringContaining('does not answer')]);
    const submitted = performance.now();
    const { id } = await api.submit(AUDIO);
    expect(performance.now() - submitted).toBeLessThan(5_000);
    expect((await api.job(id)).status).toBe('queued');

    await fleet.redis?.start();
    expect(await api.ended(id)).toMatchObject({ status: 'done', text: NOTE.text, attempts: 1 });
    await worker.said('answers again');
    // The bot comes to life, too.
    await fleet.discord.waitForLogin();
    const spoken = [fleet.speak()];
    await fleet.answered(spoken);
    expect(fleet.answersTo(spoken)).toEqual([1]);
  }, 180_000);
});

describe('with Redis away in the middle', () => {
  it('the bot goes on hearing, and everything is answered once when Redis is back', async () => {
    await using fleet = await Fleet.gather({ redis: 'up' });
    const bot = await fleet.start('bot');
    await fleet.start('worker');
    await bot.said('This process leads');
    await fleet.discord.waitForLogin();
    const spoken = [fleet.speak()];
    await fleet.answered(spoken);
    await fleet.redis?.kill();
    spoken.push(fleet.speak(), fleet.speak());
    expect(fleet.discord.gateway.sessions.filter(({ connected }) => connected)).toHaveLength(1);
    spoken.push(fleet.speak());
    await fleet.redis?.start();
    await fleet.answered(spoken);
    expect(fleet.answersTo(spoken)).toEqual([1, 1, 1, 1]);
    expect(fleet.discord.gateway.sessions).toHaveLength(1);
  }, 180_000);
});

describe('with PostgreSQL', () => {
  it('down at the start hark waits for it, and says so; away in the middle no note is lost or fails', async () => {
    const postgres = await startPostgres();
    const url = postgres.createDatabase('hark');
    await postgres.kill();
    await using fleet = await Fleet.gather({ redis: 'none' });
    const port = await freePort();
    const hark = fleet.prepare('api,bot,worker', { DATABASE_URL: url, PORT: String(port) });
    const started = hark.start();
    await hark.said('hark waits for its database');
    const page = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await page('/health/live')).status).toBe(200);
    expect((await page('/health/ready')).status).toBe(503);
    const problem = await page('/api/v1/jobs');
    expect([problem.status, await problem.json()]).toMatchObject([503, { code: 'service_unavailable' }]);

    await postgres.start();
    await started;
    await hark.said('This process leads');
    const { id } = await hark.submit(AUDIO);
    for await (const { event, data } of hark.events(id)) {
      if (event === 'status' && data.includes('running')) break;
    }
    await postgres.kill();
    expect((await ready(hark)).status).toBe(503);
    await postgres.start();
    const again = await hark.submit(AUDIO);
    for (const job of [id, again.id]) {
      expect(await hark.ended(job)).toMatchObject({ status: 'done', text: NOTE.text });
    }
    expect(await hark.end()).toBe(0);
    await postgres.stop();
  }, 240_000);
});
