import { PlatformLimits } from '../../core/chat-platform';

/** As Discord documents them; bots have no larger uploads unless a server is boosted. */
export const DISCORD_LIMITS: PlatformLimits = {
  messageCharacters: 2_000,
  messages: 3,
  fileBytes: 10 * 1024 * 1024,
  // Five edits in five seconds are allowed in a channel; the answer's last edit must find room among them.
  editIntervalMs: 1_500,
  interactionMs: 15 * 60_000,
};
