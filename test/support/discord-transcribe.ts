import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
} from 'discord.js';
import { ReplyAddress } from '../../src/core/voice-note';
import { SeenMessage } from '../contracts/chat/platform-under-test';
import { AnswerUnderTest } from './answers';
import { seenOf } from './discord-bench';
import { DiscordHome } from './discord-home';
import { InteractionRecord } from './discord-server/state/interaction-desk';

/** How long Discord takes answers to a command, in milliseconds. */
export const QUARTER_HOUR = 15 * 60_000;

const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};

/** How somebody uses it; `bot`: where hark is a member, `dmsOpen`: hark may write to them. */
export interface CommandTraits {
  ephemeral?: boolean;
  bot?: boolean;
  dmsOpen?: boolean;
}

/** Somebody who waits for the answer to a command, and what they see. */
interface CommandScene {
  record: InteractionRecord;
  answer: AnswerUnderTest;
  asker: string;
  channel: string;
  response(): SeenMessage | undefined;
  inChannel(): SeenMessage[];
  directly(): SeenMessage[];
}

/** Has /transcribe offered wherever it can be. */
export function offerTranscribe({ server }: DiscordHome): void {
  server.commands.overwrite([
    {
      name: 'transcribe',
      description: 'Reads a note',
      type: ApplicationCommandType.ChatInput,
      ...EVERYWHERE,
    },
  ]);
}

/** Somebody uses /transcribe, and hark says "thinking…". */
export async function useTranscribe(
  { server, clock }: DiscordHome,
  traits: CommandTraits = {},
): Promise<CommandScene> {
  const { ephemeral = false, bot = true, dmsOpen = true } = traits;
  const anna = server.build.addUser('Anna', { appInstalled: !bot, dmsOpen, locale: Locale.EnglishUS });
  const guild = server.build.addGuild('Place', { bot });
  server.build.addMember(guild, anna);
  const channel = server.build.addTextChannel(guild, 'general');
  const record = server.useSlash({ name: 'transcribe', channel, user: anna });
  const callback = `${server.apiUrl}/v10/interactions/${record.id}/${record.token}/callback`;
  const body = JSON.stringify({ type: 5, data: { flags: ephemeral ? 64 : 0 } });
  await fetch(callback, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const address: ReplyAddress = {
    platform: 'discord',
    workspace: guild.id,
    channel: channel.id,
    interaction: {
      id: record.id,
      token: record.token,
      expiresAt: new Date(clock.now().getTime() + QUARTER_HOUR - 30_000),
      ephemeral,
      extra: {
        applicationId: server.world.application.id,
        userId: anna.id,
        ...(bot ? {} : { userInstalledOnly: 'true' }),
      },
    },
  };
  const source = {
    kind: 'attachment' as const,
    platform: 'discord' as const,
    ids: { attachment: '1', url: 'https://cdn.example' },
  };
  const seen = (id: string): SeenMessage[] =>
    server.answers(id).map((message) => seenOf(message, (file) => server.fileOf(file)));
  return {
    record,
    asker: anna.id,
    channel: channel.id,
    answer: new AnswerUnderTest(address, source, clock.now()),
    response: () => {
      const message = server
        .messages(channel, { ephemeral: true })
        .find(({ id }) => id === record.originalId);
      return message && seenOf(message, (file) => server.fileOf(file));
    },
    inChannel: () => seen(channel.id),
    directly: () => seen(server.build.openDm(anna).id),
  };
}
