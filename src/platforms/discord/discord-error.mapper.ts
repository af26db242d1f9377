import { DiscordAPIError, RateLimitError, RESTJSONErrorCodes as Codes } from 'discord.js';
import { ErrorCode, HarkError } from '../../core/errors';

/** Codes that discord.js has no name for: no common server, so no direct messages. */
const NO_MUTUAL_GUILD = 50_278;
/** Why a message that refers to one that is gone is refused; a part of the error's text. */
const UNKNOWN_REFERENCE = 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE';

const SENTENCES = {
  channel_gone: 'The channel is gone.',
  message_gone: 'The message is gone.',
  permission_missing: 'hark lacks a permission that it needs here.',
  interaction_expired: 'The command has expired.',
} as const satisfies Partial<Record<ErrorCode, string>>;

const MEANINGS: Readonly<Record<number, keyof typeof SENTENCES>> = {
  [Codes.UnknownChannel]: 'channel_gone',
  [Codes.UnknownGuild]: 'channel_gone',
  [Codes.UnknownMessage]: 'message_gone',
  [Codes.MissingAccess]: 'permission_missing',
  [Codes.MissingPermissions]: 'permission_missing',
  [Codes.CannotReplyWithoutPermissionToReadMessageHistory]: 'permission_missing',
  [Codes.CannotSendMessagesToThisUser]: 'permission_missing',
  [NO_MUTUAL_GUILD]: 'permission_missing',
  [Codes.ThreadLocked]: 'permission_missing',
  [Codes.UnknownWebhook]: 'interaction_expired',
  [Codes.UnknownInteraction]: 'interaction_expired',
  [Codes.InvalidWebhookToken]: 'interaction_expired',
};

/** What an error of Discord's REST client means to hark. */
export function toHarkError(error: unknown, now: Date): HarkError {
  if (error instanceof HarkError) return error;
  if (error instanceof RateLimitError) {
    const retryAt = new Date(now.getTime() + Math.max(error.retryAfter, error.timeToReset));
    return unavailable(error, { retryable: true, retryAt });
  }
  if (error instanceof DiscordAPIError) return refused(error);
  // A 5xx, a time-out, a connection that was lost.
  return unavailable(error, { retryable: !isWithoutToken(error) });
}

/** The note that the message was to answer is gone. */
export function isUnknownReference(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    error.code === Codes.InvalidFormBodyOrContentType &&
    error.message.includes(UNKNOWN_REFERENCE)
  );
}

function refused(error: DiscordAPIError): HarkError {
  if (isUnknownReference(error)) return meaning('message_gone', error);
  const known = MEANINGS[Number(error.code)];
  if (known) return meaning(known, error);
  if (error.status === 401) return unavailable(error, { retryable: false });
  if (error.status === 403) return meaning('permission_missing', error);
  // Discord finds fault with the request itself, and would again.
  return new HarkError('internal', 'Discord did not accept what hark sent.', { cause: error });
}

function meaning(code: keyof typeof SENTENCES, cause: Error): HarkError {
  return new HarkError(code, SENTENCES[code], { cause });
}

function unavailable(cause: unknown, options: { retryable: boolean; retryAt?: Date }): HarkError {
  const sentence = options.retryable
    ? 'Discord cannot be reached at present.'
    : "Discord does not accept hark's token.";
  return new HarkError('platform_unavailable', sentence, { ...options, cause });
}

/** After a 401 the REST client drops its token and refuses by itself, so that no ban comes of it. */
function isWithoutToken(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Expected token to be set');
}
