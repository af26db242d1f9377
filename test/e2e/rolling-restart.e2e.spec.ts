import { join } from 'node:path';
import { Fleet, Spoken } from '../support/fleet';
import { HarkProcess } from '../support/hark-process';
import { NOTES } from '../support/notes';

const NOTE = NOTES[2]!;
const AUDIO = join(__dirname, '../support/audio', NOTE.file);
/** Whoever stops a process waits this long, and then kills it. */
const DEADLINE_MS = 10_000;

describe('a rolling restart', () => {
  it('of bot, worker and API, one after the other, loses and doubles nothing', async () => {
    await using fleet = await Fleet.gather({ redis: 'up' });
    const [bot, worker, api] = [
      await fleet.start('bot'),
      await fleet.start('worker'),
      await fleet.start('api'),
    ];
    await fleet.discord.waitForLogin();
    const spoken: Spoken[] = [];
    const submitted: string[] = [];
    const busy = async (): Promise<void> => {
      spoken.push(fleet.speak(), fleet.speak());
      submitted.push((await api.submit(AUDIO)).id);
      // In the middle of a note's way: the reply is being written.
      await fleet.discord.waitFor(() => fleet.answersTo(spoken.slice(-2)).some((count) => count > 0));
    };
    const restart = async (member: HarkProcess, meanwhile?: () => void): Promise<void> => {
      const told = performance.now();
      expect(await member.end('SIGTERM')).toBe(0);
      expect(performance.now() - told).toBeLessThan(DEADLINE_MS);
      meanwhile?.();
      await member.start();
    };

    await busy();
    // Nobody hears this one at first.
    await restart(bot, () => spoken.push(fleet.speak()));
    await busy();
    await restart(worker);
    await busy();
    await restart(api);

    await fleet.answered(spoken);
    expect(fleet.answersTo(spoken)).toEqual(spoken.map(() => 1));
    for (const id of submitted) {
      expect(await api.ended(id)).toMatchObject({ status: 'done', text: NOTE.text });
    }
    const { jobs } = (await (await api.call('/api/v1/jobs?limit=200')).json()) as { jobs: unknown[] };
    expect(jobs).toHaveLength(spoken.length + submitted.length);
  }, 240_000);
});
