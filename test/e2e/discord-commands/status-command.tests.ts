import { PermissionFlagsBits as Bits } from 'discord.js';
import { DiscordScene, note, wordsOf } from '../../support/discord-scene';

const CODE = note(1);

/** What /hark tells of itself. */
export function describeStatusCommand(opened: () => DiscordScene): void {
  describe('/hark status and help', () => {
    let scene: DiscordScene;
    beforeAll(() => {
      scene = opened();
    });

    it('tells of the engine, the queue and what became of recordings, with what reached nobody', async () => {
      const user = scene.member('Rosa');
      const channel = scene.channel();
      await scene.prefer('channel', channel, { automatic: true });
      await scene.said(scene.slash('hark status', {}, user), 'not asked for anything');
      scene.server.change.setOverwrite(channel, { deny: Bits.SendMessages });
      const posted = scene.voice(channel, user, CODE);
      await scene.failure(posted);

      const status = await scene.said(scene.slash('hark status', {}, user), CODE.text);
      expect(status.visibleTo).toBe(user.id);
      expect(wordsOf(status.data)).toMatch(/Ready:[^]*Nobody is waiting[^]*failed[^]*permission/);
      expect(status.data.content).toContain(`/${channel.id}/${posted.id}`);
      const others = await scene.said(scene.slash('hark status'), 'Your latest recordings');
      expect(wordsOf(others.data)).not.toContain(CODE.text);
    });

    it('helps', async () => {
      await scene.said(scene.slash('hark help'), '/hark privacy');
    });
  });
}
