import { PlatformLimits } from '../../core/chat-platform';

/** What Slack allows, and what reads well in a thread. */
export const SLACK_LIMITS: PlatformLimits = {
  // Slack refuses more than about 13,200 in all blocks of a message, and folds long messages up much earlier.
  messageCharacters: 3_000,
  messages: 3,
  fileBytes: 1024 * 1024 * 1024,
  // `chat.update` may be called about 50 times a minute in a workspace.
  editIntervalMs: 3_000,
  interactionMs: 30 * 60_000,
};

/** `chat.update` counts bytes, and takes 4,000 of them (seen in the field). */
export const FALLBACK_TEXT_BYTES = 3_900;
/** Blocks of one message, as documented. */
export const MESSAGE_BLOCKS = 50;
/** How often a `response_url` can be used, as documented. */
export const RESPONSE_URL_USES = 5;
