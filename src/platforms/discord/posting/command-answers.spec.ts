import { getEventListeners } from 'node:events';
import { listening, spoken } from '../../../../test/support/answers';
import { DiscordHome, openDiscordHome } from '../../../../test/support/discord-home';
import {
  CommandTraits,
  QUARTER_HOUR,
  offerTranscribe,
  useTranscribe,
} from '../../../../test/support/discord-transcribe';
import { ChatPlatform } from '../../../core/chat-platform';
import { PlatformRegistry } from '../../../core/platform.registry';

const LONG = Array.from({ length: 100 }, (_, n) => `Sentence number ${n + 1} says what it has to say.`).join(
  ' ',
);

describe('answers to commands', () => {
  let home: DiscordHome;
  let platform: ChatPlatform;
  const { signal } = new AbortController();

  beforeAll(async () => {
    home = await openDiscordHome();
    platform = home.app.get(PlatformRegistry, { strict: false }).get('discord');
    offerTranscribe(home);
  });
  afterAll(() => home.close());

  const command = (traits?: CommandTraits) => useTranscribe(home, traits);

  const pass = (milliseconds: number): void => {
    home.server.advance(milliseconds);
    home.clock.skip(milliseconds);
  };

  it('take the place of "thinking…", grow and settle', async () => {
    const scene = await command();
    expect(scene.record.thinking).toBe(true);
    scene.answer.reply = await platform.report(scene.answer.with([listening()]), signal);
    expect(scene.record.thinking).toBe(false);
    expect(scene.response()?.text).toContain('Listening');
    scene.answer.reply = await platform.deliver(scene.answer.with([spoken('Hello Peter.')]), signal);
    // Nothing of what was sent stays with a signal that goes on.
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(scene.response()?.text).toContain('Hello Peter.');
    expect(scene.response()?.buttons).toContain('Delete');
    expect(scene.inChannel()).toHaveLength(1);
    expect(home.server.stuckInteractions()).toEqual([]);
  });

  it('go on in ordinary messages when they are long and hark may write there', async () => {
    const scene = await command();
    const deliver = async (reply = scene.answer.reply): Promise<void> => {
      scene.answer.reply = await platform.deliver(scene.answer.with([spoken(LONG)], reply), signal);
    };
    await deliver();
    await deliver();
    await deliver({ ...scene.answer.reply, messages: [], shown: [] });
    expect(scene.inChannel().length).toBeGreaterThan(1);
    expect(
      scene
        .inChannel()
        .map(({ text }) => text)
        .join(' ')
        .split(/\s+/)
        .join(' '),
    ).toContain(LONG);
    expect(scene.record.followUpIds).toEqual([]);
  });

  it.each([{ ephemeral: true }, { bot: false }])(
    'put long texts into a file elsewhere: %j',
    async (traits) => {
      const scene = await command(traits);
      scene.answer.reply = await platform.deliver(scene.answer.with([spoken(LONG)]), signal);
      await platform.deliver(scene.answer.with([spoken(LONG)]), signal);
      await platform.deliver(
        scene.answer.with([spoken(LONG)], { ...scene.answer.reply, messages: [], shown: [] }),
        signal,
      );
      expect(scene.response()?.files.map(({ text }) => text.trim())).toEqual([LONG]);
      expect(scene.record.followUpIds).toEqual([]);
      expect(scene.directly()).toEqual([]);
    },
  );

  it('are one file where hark may not write', async () => {
    const scene = await command();
    home.server.change.setOverwrite(scene.channel, { deny: 2048n });
    await platform.deliver(scene.answer.with([spoken(LONG)]), signal);
    expect(scene.response()?.files.map(({ text }) => text.trim())).toEqual([LONG]);
    expect(scene.inChannel()).toHaveLength(1);
  });

  it('find their response again after a quarter of an hour', async () => {
    const scene = await command();
    scene.answer.reply = await platform.report(scene.answer.with([listening()]), signal);
    pass(QUARTER_HOUR);
    scene.answer.reply = await platform.report(scene.answer.with([listening('One.')]), signal);
    expect(scene.response()?.text).toContain('One.');
    scene.answer.reply = await platform.deliver(scene.answer.with([spoken('One. Two.')]), signal);
    expect(scene.response()?.text).toContain('One. Two.');
    expect(scene.inChannel()).toHaveLength(1);
  });

  it('are ordinary messages when there was no response in time', async () => {
    const scene = await command();
    pass(QUARTER_HOUR);
    expect(await platform.report(scene.answer.with([listening()]), signal)).toBeUndefined();
    scene.answer.reply = await platform.deliver(scene.answer.with([spoken('Hello.')]), signal);
    await platform.deliver(scene.answer.with([spoken('Hello.')]), signal);
    await platform.deliver(scene.answer.with([spoken('Hello.')], undefined), signal);
    expect(scene.inChannel().filter(({ text }) => text.includes('Hello.'))).toHaveLength(1);
  });

  it.each([{ ephemeral: true }, { bot: false }])(
    'come directly when nothing else is possible: %j',
    async (traits) => {
      const scene = await command(traits);
      const asked = { requester: scene.asker, private: traits.ephemeral };
      scene.answer.reply = await platform.report(scene.answer.with([listening()]), signal);
      pass(QUARTER_HOUR);
      for (let twice = 0; twice < 2; twice += 1) {
        scene.answer.reply = await platform.deliver(scene.answer.with([spoken(LONG, asked)]), signal);
      }
      expect(
        scene
          .directly()
          .map(({ text }) => text)
          .join(' ')
          .split(/\s+/)
          .join(' '),
      ).toContain(LONG);
      await platform.deliver(scene.answer.with([spoken('Short.', asked)]), signal);
      expect(scene.directly().map(({ text }) => text)).toEqual([expect.stringContaining('Short.')]);
      expect(scene.inChannel()).toHaveLength(traits.ephemeral ? 0 : 1);
    },
  );

  it('say before the end of their time that the text will come directly', async () => {
    const scene = await command({ ephemeral: true });
    const { interaction } = scene.answer.address;
    if (interaction) interaction.expiresAt = new Date(home.clock.now().getTime() + 50);
    scene.answer.reply = await platform.report(scene.answer.with([listening()]), signal);
    await home.server.waitForInteractionResponse(scene.record, ({ content }) =>
      content.includes('direct message'),
    );
    const asked = { requester: scene.asker, private: true };
    await platform.deliver(scene.answer.with([spoken('Hello.', asked)]), signal);
    expect(scene.directly().map(({ text }) => text)).toEqual([expect.stringContaining('Hello.')]);
  });

  it('end with a reason when there is no way at all', async () => {
    const scene = await command({ ephemeral: true, dmsOpen: false });
    pass(QUARTER_HOUR);
    const asked = { requester: scene.asker, private: true };
    await expect(
      platform.deliver(scene.answer.with([spoken('Hello.', asked)]), signal),
    ).rejects.toMatchObject({
      code: 'interaction_expired',
      retryable: false,
    });
    expect(scene.inChannel()).toEqual([]);
  });

  it('go another way when Discord lets go of the token early', async () => {
    const scene = await command();
    scene.answer.reply = await platform.report(scene.answer.with([listening()]), signal);
    home.server.advance(QUARTER_HOUR);
    await platform.deliver(scene.answer.with([spoken('Hello.')]), signal);
    expect(scene.response()?.text).toContain('Hello.');
  });

  it('are taken back where hark can', async () => {
    const [open, hidden] = [await command(), await command({ ephemeral: true })];
    for (const { answer } of [open, hidden]) {
      const reply = await platform.deliver(answer.with([spoken('Hello.')]), signal);
      const { interaction: _, ...address } = answer.address;
      await platform.retract({ address, reply });
    }
    expect(open.response()).toBeUndefined();
    expect(hidden.response()?.text).toContain('Hello.');
  });
});
