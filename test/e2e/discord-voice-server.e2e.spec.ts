import { DiscordScene, note, wordsOf } from '../support/discord-scene';
import { opusPackets, soundOf } from '../support/opus-packets';
import { VoiceServer } from '../support/voice-server';

const [hello, , danke] = [note(0), note(1), note(2)];

describe('hark on a voice server', () => {
  it('takes the packets of two people from the wire, and leaves', async () => {
    const scene = await DiscordScene.open({
      timings: { voiceLinesMs: 50 },
      variables: { DISCORD_VOICE: 'true' },
    });
    const { server, guild, anna, ben } = scene;
    await using voice = await VoiceServer.start(server);
    try {
      const room = server.build.addVoiceChannel(guild, 'Lounge');
      for (const user of [anna, ben]) server.change.setVoice(guild, user, room);
      await scene.said(
        server.useSlash({ channel: room, user: anna, name: 'listen start' }),
        'I am listening in',
      );
      expect(guild.voice.get(server.world.bot.id)).toBe(room.id);
      const written = (): string =>
        server
          .answers(room.id)
          .map(({ data }) => wordsOf(data))
          .join('\n');
      // One packet in the pause before the words cannot be decrypted.
      await Promise.all([
        voice.speak(anna, opusPackets(soundOf(hello.file)), [1]),
        voice.speak(ben, opusPackets(soundOf(danke.file))),
      ]);
      await server.waitFor(() => written().includes(hello.text) && written().includes(danke.text), {
        what: 'the words of both',
        timeoutMs: 30_000,
      });
      expect(written()).toMatch(new RegExp(`Anna \\(0:\\d\\d\\): ${hello.text}`));
      expect(written()).toMatch(new RegExp(`Ben \\(0:\\d\\d\\): ${danke.text}`));
      await scene.said(server.useSlash({ channel: room, user: ben, name: 'listen stop' }), 'I have stopped');
      expect(guild.voice.has(server.world.bot.id)).toBe(false);
    } finally {
      await scene.close();
    }
  }, 60_000);
});
