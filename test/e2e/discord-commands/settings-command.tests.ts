import { PermissionFlagsBits as Bits } from 'discord.js';
import { auditedBy } from '../../support/audit';
import { DiscordScene, note, wordsOf } from '../../support/discord-scene';

const GERMAN = note(2);

/** Who may change what with /hark settings. */
export function describeSettingsCommand(opened: () => DiscordScene): void {
  describe('/hark settings', () => {
    let scene: DiscordScene;
    beforeAll(() => {
      scene = opened();
    });

    const admin = () => scene.member('Admin', Bits.ManageGuild);

    it('are for those who manage the server, in servers', async () => {
      await scene.said(scene.slash('hark settings'), 'Only members who may manage');
      const dm = scene.server.build.openDm(scene.anna);
      const asked = scene.server.useSlash({ channel: dm, user: scene.anna, name: 'hark settings' });
      await scene.said(asked, 'in servers only');
    });

    it('switch automatic reading, language and who may ask, for a channel and the server', async () => {
      const user = admin();
      const channel = scene.channel();
      const asked = scene.server.useSlash({ channel, user, name: 'hark settings' });
      const panel = await scene.said(asked, 'Settings of hark');
      expect(panel.visibleTo).toBe(user.id);
      const choose = async (setting: string, value: string, words: string) => {
        scene.choose(panel, setting, value, user);
        await scene.server.waitFor(() => wordsOf(panel.data).includes(words), { what: words });
      };

      await choose('channel:automatic', 'on', 'Voice notes: Read automatically');
      await choose('channel:language', 'de', 'Language spoken here: German');
      await choose('channel:who', 'author', 'Only the person who spoke');
      expect(await scene.preferred('channel', channel)).toEqual({
        automatic: true,
        language: 'de',
        whoMayAsk: 'author',
      });
      const place = { actor: `discord:${user.id}`, target: `discord:channel:${channel.id}`, outcome: 'done' };
      expect(await auditedBy(scene.home.app, 'place.change', 3)).toMatchObject([
        { ...place, detail: 'automatic' },
        { ...place, detail: 'language' },
        { ...place, detail: 'whoMayAsk' },
      ]);

      scene.press(panel, 'server:show', user);
      await scene.server.waitFor(() => wordsOf(panel.data).includes('Whole server'));
      await choose('server:erase', 'off', 'Keep its transcript');
      await choose('server:automatic', 'on', 'Voice notes: Read automatically');
      const server = await scene.preferred('server', scene.guild);
      await scene.prefer('server', scene.guild, { eraseWithMessage: undefined, automatic: undefined });
      expect(server).toEqual({ eraseWithMessage: false, automatic: true });

      scene.voice(channel, scene.anna, GERMAN);
      await scene.answer(channel, GERMAN.text);
      scene.press(panel, 'channel:show', user);
      await scene.server.waitFor(() => wordsOf(panel.data).includes(`<#${channel.id}>`));
      await choose('channel:automatic', 'inherit', 'Voice notes: As the server has it');
      expect(await scene.preferred('channel', channel)).not.toHaveProperty('automatic');
    });

    it('say when hark may not answer where it shall read', async () => {
      const user = admin();
      const channel = scene.channel();
      scene.server.change.setOverwrite(channel, { deny: Bits.SendMessages });
      const asked = scene.server.useSlash({ channel, user, name: 'hark settings' });
      const panel = await scene.said(asked, 'Settings of hark');
      expect(wordsOf(panel.data)).not.toContain('cannot answer here');
      scene.choose(panel, 'channel:automatic', 'on', user);
      await scene.server.waitFor(() => wordsOf(panel.data).includes('cannot answer here'));
    });

    it('cannot be changed by who lost the right meanwhile', async () => {
      const user = admin();
      const channel = scene.channel();
      const panel = await scene.said(
        scene.server.useSlash({ channel, user, name: 'hark settings' }),
        'Settings of hark',
      );
      scene.server.change.setRoles(scene.guild, user, []);
      const tried = scene.choose(panel, 'channel:automatic', 'on', user);
      await scene.server.waitFor(() => tried.followUpIds.length);
      expect(await scene.preferred('channel', channel)).toEqual({});
    });
  });
}
