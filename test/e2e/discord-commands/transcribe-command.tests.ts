import { Locale } from 'discord.js';
import { DiscordScene, note, uploadOf, wordsOf } from '../../support/discord-scene';

const HELLO = note(0);
const CODE = note(1);
const GERMAN = note(2);

/** What /transcribe reads, and what it says instead. */
export function describeTranscribeCommand(opened: () => DiscordScene): void {
  describe('/transcribe', () => {
    let scene: DiscordScene;
    beforeAll(() => {
      scene = opened();
    });

    it('reads a file, a link, both', async () => {
      const uploaded = scene.slash('transcribe', { file: uploadOf(HELLO) });
      const answer = await scene.response(uploaded, HELLO.text);
      expect(uploaded.acknowledgedAt).toBeLessThan(uploaded.createdAt + 3_000);
      expect(answer.visibleTo).toBeUndefined();

      const posted = scene.server.post({
        channel: scene.channel(),
        author: scene.ben,
        files: [uploadOf(CODE)],
      });
      const link = scene.server.read(posted).attachments[0]?.url ?? '';
      await scene.response(scene.slash('transcribe', { link: `<${link}>` }), CODE.text);
      const both = scene.slash('transcribe', { file: uploadOf(GERMAN), link });
      const words = wordsOf((await scene.response(both, CODE.text)).data);
      expect(words).toContain(GERMAN.text);
    });

    it('translates, and answers privately', async () => {
      const asked = scene.slash('transcribe', {
        file: uploadOf(GERMAN),
        language: 'German',
        translate: true,
        private: true,
      });
      const answer = await scene.response(asked, GERMAN.english ?? '');
      expect(answer.visibleTo).toBe(scene.anna.id);
      const [job] = await scene.jobs();
      expect(job).toMatchObject({ private: true, options: { language: 'de', translate: true } });
    });

    it('says what is missing or wrong', async () => {
      await scene.said(scene.slash('transcribe'), 'Give a file or a link.');
      await scene.said(
        scene.slash('transcribe', { file: uploadOf(HELLO), language: 'Germn' }),
        'Did you mean "German"?',
      );
      const broken = { bytes: Buffer.from('no sound at all, only words'), filename: 'a.ogg' };
      await scene.said(scene.slash('transcribe', { file: broken }), 'audio');
    });

    it('suggests languages in the language of the user', async () => {
      const dora = scene.server.build.addUser('Dora', { locale: Locale.German });
      scene.server.build.addMember(scene.guild, dora);
      const typed = scene.server.typeOption({
        channel: scene.channel(),
        user: dora,
        name: 'transcribe',
        option: 'language',
        typed: 'engl',
      });
      await scene.server.waitForAcknowledgement(typed);
      expect(typed.choices).toEqual([{ name: 'Englisch', value: 'en' }]);
    });

    it('works in direct messages, and speaks the language of the user', async () => {
      const emil = scene.server.build.addUser('Emil', { locale: Locale.German, appInstalled: true });
      const dm = scene.server.build.openDm(emil);
      const asked = scene.server.useSlash({ channel: dm, user: emil, name: 'transcribe' });
      await scene.said(asked, 'Gib eine Datei oder einen Link an.');
    });
  });
}
