import { APIApplication, APIUser, ApplicationFlags, ApplicationIntegrationType, UserFlags } from 'discord.js';

/** The privileged intents, named as the developer portal's switches. */
export type PrivilegedIntent = 'messageContent' | 'guildMembers' | 'presence';

/** Bots in fewer than a hundred servers get the "limited" flags. */
const FLAG: Record<PrivilegedIntent, ApplicationFlags> = {
  messageContent: ApplicationFlags.GatewayMessageContentLimited,
  guildMembers: ApplicationFlags.GatewayGuildMembersLimited,
  presence: ApplicationFlags.GatewayPresenceLimited,
};

export function flagsFor(granted: readonly PrivilegedIntent[]): ApplicationFlags {
  return granted.reduce<number>((sum, intent) => sum | FLAG[intent], 0);
}

export function isGranted(application: APIApplication, intent: PrivilegedIntent): boolean {
  return (application.flags & FLAG[intent]) !== 0;
}

export function userOf(id: string, name: string, bot = false): APIUser {
  return {
    id,
    username: name.toLowerCase().replaceAll(/[^a-z0-9_.]/g, '_'),
    global_name: bot ? null : name,
    discriminator: bot ? '4821' : '0',
    avatar: null,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    public_flags: 0 as UserFlags,
    ...(bot ? { bot: true } : {}),
  };
}

export function applicationOf(
  bot: APIUser,
  owner: APIUser,
  granted: readonly PrivilegedIntent[],
): APIApplication {
  const flags = flagsFor(granted);
  return {
    id: bot.id,
    name: bot.username,
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    bot,
    owner,
    team: null,
    summary: '',
    verify_key: '0f'.repeat(32),
    flags,
    flags_new: String(flags),
    approximate_guild_count: 0,
    approximate_user_install_count: 0,
    interactions_endpoint_url: null,
    integration_types_config: {
      [ApplicationIntegrationType.GuildInstall]: {},
      [ApplicationIntegrationType.UserInstall]: {},
    },
  };
}
