import { Interaction, PermissionFlagsBits as Bits } from 'discord.js';
import { PreferenceScope } from '../../../core/preference-store';
import { SettingsScope } from '../../../core/settings-choices';
import { placeOf } from '../discord-address.mapper';

/**
 * Key of the sentence for who may not see or change settings. Subcommands have no permissions of their own, so they
 * are looked at here, at every step.
 */
export function refusalOf(interaction: Interaction): string | undefined {
  if (!interaction.inCachedGuild()) return 'settings.notHere';
  return interaction.memberPermissions.has(Bits.ManageGuild) ? undefined : 'settings.needManageServer';
}

/** The channel and the server that an interaction is in. */
export function scopesOf({
  channel,
  channelId,
  guildId,
}: Pick<Interaction, 'channel' | 'channelId' | 'guildId'>): Record<SettingsScope, PreferenceScope> {
  const place = placeOf(channel, channelId ?? '').channel ?? channelId ?? '';
  return {
    channel: { platform: 'discord', kind: 'channel', id: place },
    server: { platform: 'discord', kind: 'server', id: guildId ?? '' },
  };
}
