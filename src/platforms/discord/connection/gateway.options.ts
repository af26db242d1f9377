import { ActivityType, ClientOptions, GatewayIntentBits, Options, Partials } from 'discord.js';
import { confirmedRequest } from './web-request';

const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];
/**
 * Messages kept in memory for each channel. What is kept is changed by everything that Discord sends later, and without
 * message content that may be emptier: a message is read as it came.
 */
const KEPT_MESSAGES = 0;

/**
 * How hark connects to the gateway.
 *
 * @param content ask for the content of messages, which the admin has to grant in the developer portal
 * @param voice ask who is in which voice channel
 * @param confirm is awaited before anything is changed in Discord
 */
export function gatewayOptions(
  apiUrl: string,
  { content, voice }: { content: boolean; voice: boolean },
  confirm: () => Promise<void>,
): ClientOptions {
  return {
    intents: [
      ...INTENTS,
      ...(content ? [GatewayIntentBits.MessageContent] : []),
      ...(voice ? [GatewayIntentBits.GuildVoiceStates] : []),
    ],
    // Direct messages, and messages that were posted before the start, are heard of by these only.
    partials: [Partials.Channel, Partials.Message],
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: KEPT_MESSAGES,
      PresenceManager: 0,
      ReactionManager: 0,
    }),
    shards: 'auto',
    allowedMentions: { parse: [], repliedUser: false },
    failIfNotExists: false,
    presence: { activities: [{ name: 'voice notes', type: ActivityType.Listening }] },
    rest: { api: apiUrl, makeRequest: confirmedRequest(confirm) },
  };
}
