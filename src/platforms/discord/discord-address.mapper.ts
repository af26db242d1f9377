import { BaseInteraction, InteractionContextType, Message } from 'discord.js';
import { ReplyAddress } from '../../core/voice-note';
import { DISCORD_LIMITS } from './discord-limits';

/** Before Discord lets go of the interaction's token, so that nothing is sent in its last moment. */
const MARGIN_MS = 30_000;

/** Where an answer to the message goes. */
export function addressOfMessage(message: Message): ReplyAddress {
  const { guildId, guild, channelId, id } = message;
  return {
    platform: 'discord',
    ...homeOf(guildId),
    ...placeOf(message.channel, channelId),
    message: id,
    ...(guild && { locale: guild.preferredLocale }),
  };
}

export interface CommandFacts {
  ephemeral: boolean;
  /** When hark heard of it, by hark's own clock. */
  heardAt: Date;
  /** Discord has not been answered in time: the answer must go another way from the beginning. */
  late?: boolean;
  /** The message that the command is about. */
  message?: string;
}

/** Where the answer to a command, menu or button goes. */
export function addressOfInteraction(interaction: BaseInteraction, facts: CommandFacts): ReplyAddress {
  const { guildId, channelId, id, token, locale } = interaction;
  const life = facts.late ? 0 : DISCORD_LIMITS.interactionMs - MARGIN_MS;
  return {
    platform: 'discord',
    ...homeOf(guildId),
    ...placeOf(interaction.channel, channelId ?? undefined),
    ...(facts.message && { message: facts.message }),
    interaction: {
      id,
      token,
      expiresAt: new Date(facts.heardAt.getTime() + life),
      ephemeral: facts.ephemeral,
      extra: extraOf(interaction),
    },
    locale,
  };
}

/** Outside of servers there are only direct messages, of two or of a group. */
function homeOf(guildId: string | null): Pick<ReplyAddress, 'workspace' | 'direct'> {
  return guildId ? { workspace: guildId } : { direct: true };
}

/** What people choose for a channel holds for its threads. */
export function placeOf(
  channel: Message['channel'] | BaseInteraction['channel'],
  channelId: string | undefined,
): Pick<ReplyAddress, 'channel' | 'thread'> {
  if (!channel?.isThread()) return { channel: channelId };
  return { channel: channel.parentId ?? channel.id, thread: channel.id };
}

const CONTEXTS: Record<InteractionContextType, string> = {
  [InteractionContextType.Guild]: 'guild',
  [InteractionContextType.BotDM]: 'bot_dm',
  [InteractionContextType.PrivateChannel]: 'private',
};

function extraOf(interaction: BaseInteraction): Record<string, string> {
  const { applicationId, user, context, attachmentSizeLimit } = interaction;
  return {
    applicationId,
    userId: user.id,
    ...(context !== null && { context: CONTEXTS[context] }),
    ...(attachmentSizeLimit && { attachmentSizeLimit: String(attachmentSizeLimit) }),
    ...(isUserInstalledOnly(interaction) && { userInstalledOnly: 'true' }),
  };
}

function isUserInstalledOnly({ authorizingIntegrationOwners: owners }: BaseInteraction): boolean {
  return owners.guildId === null;
}
