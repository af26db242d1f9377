import { CommandRegistrationService } from '../../src/platforms/discord/commands/command-registration.service';
import { DiscordClient } from '../../src/platforms/discord/discord.client';
import { DiscordScene, controlsOf, note } from '../support/discord-scene';
import { InteractionRecord } from '../support/discord-server/state/interaction-desk';
import { describeMessageMenu } from './discord-commands/message-menu.tests';
import { describePrivacyCommand } from './discord-commands/privacy-command.tests';
import { describeSettingsCommand } from './discord-commands/settings-command.tests';
import { describeStatusCommand } from './discord-commands/status-command.tests';
import { describeTranscribeCommand } from './discord-commands/transcribe-command.tests';

const HELLO = note(0);

describe("hark's commands in Discord", () => {
  let scene: DiscordScene;

  beforeAll(async () => {
    scene = await DiscordScene.open();
  }, 60_000);
  afterAll(async () => {
    const stuck = scene.server.stuckInteractions();
    await scene.close();
    expect(stuck).toEqual([]);
  });

  it('are registered once, and again only when they have changed', async () => {
    const { commands } = scene.server;
    const client = scene.home.app.get(DiscordClient, { strict: false }).ready;
    if (!client) throw new Error('hark is not connected');
    const registration = scene.home.app.get(CommandRegistrationService, { strict: false });
    const register = () => registration.register(client, new AbortController().signal);
    expect(commands.overwrites).toBe(1);
    await register();
    expect(commands.overwrites).toBe(1);
    commands.upsert({ type: 1, name: 'transcribe', description: 'Of an older version' });
    await register();
    expect(commands.overwrites).toBe(2);
    expect(commands.find(1, 'transcribe')).toMatchObject({
      description: expect.stringContaining('voice note'),
    });
  });

  const opened = (): DiscordScene => scene;
  describeTranscribeCommand(opened);
  describeMessageMenu(opened);
  describeSettingsCommand(opened);
  describePrivacyCommand(opened);
  describeStatusCommand(opened);

  it('tell who presses something from long ago that it is out of date', async () => {
    const channel = scene.channel();
    const posted = scene.voice(channel, scene.anna);
    const answer = await scene.response(
      scene.server.useContextMenu({ name: 'Transcribe', message: posted, user: scene.anna }),
      HELLO.text,
    );
    const row = answer.data.components?.[0] as unknown as { components: { custom_id: string }[] };
    row.components.push({ ...row.components[0], custom_id: 'hark:of-long-ago:1' });
    const pressed: InteractionRecord = scene.server.clickButton(answer, 'hark:of-long-ago:1', scene.anna);
    await scene.said(pressed, '/hark help');
    expect(controlsOf(answer.data)).toContain('hark:of-long-ago:1');
  });
});
