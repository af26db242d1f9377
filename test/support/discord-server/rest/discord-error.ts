import { RESTJSONErrorCodes as Codes } from 'discord.js';

/** An answer in Discord's error form: `{ code, message, errors? }`. */
export class DiscordError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly errors?: object,
  ) {
    super(message);
  }

  toBody(): object {
    return { message: this.message, code: this.code, ...(this.errors ? { errors: this.errors } : {}) };
  }
}

const make = (status: number, code: number, message: string) => () => new DiscordError(status, code, message);

/** The errors a bot meets, worded as Discord words them. */
export const refuse = {
  unauthorized: make(401, 0, '401: Unauthorized'),
  notFound: make(404, 0, '404: Not Found'),
  methodNotAllowed: make(405, 0, '405: Method Not Allowed'),
  badVersion: make(400, Codes.InvalidAPIVersion, 'Invalid API version'),
  badJson: make(400, Codes.RequestBodyContainsInvalidJSON, 'The request body contains invalid JSON.'),
  tooLarge: make(413, Codes.RequestEntityTooLarge, 'Request entity too large'),
  unknownChannel: make(404, Codes.UnknownChannel, 'Unknown Channel'),
  unknownGuild: make(404, Codes.UnknownGuild, 'Unknown Guild'),
  unknownMember: make(404, Codes.UnknownMember, 'Unknown Member'),
  unknownMessage: make(404, Codes.UnknownMessage, 'Unknown Message'),
  unknownUser: make(404, Codes.UnknownUser, 'Unknown User'),
  unknownWebhook: make(404, Codes.UnknownWebhook, 'Unknown Webhook'),
  unknownInteraction: make(404, Codes.UnknownInteraction, 'Unknown interaction'),
  alreadyAcknowledged: make(
    400,
    Codes.InteractionHasAlreadyBeenAcknowledged,
    'Interaction has already been acknowledged.',
  ),
  invalidToken: make(401, Codes.InvalidWebhookToken, 'Invalid Webhook Token'),
  tooManyFollowUps: make(
    400,
    Codes.ThisInteractionHasHitTheMaximumNumberOfFollowUpMessages,
    'This interaction has hit the maximum number of follow up messages.',
  ),
  missingAccess: make(403, Codes.MissingAccess, 'Missing Access'),
  missingPermissions: make(403, Codes.MissingPermissions, 'Missing Permissions'),
  notTheAuthor: make(
    403,
    Codes.CannotEditMessageAuthoredByAnotherUser,
    'Cannot edit a message authored by another user',
  ),
  emptyMessage: make(400, Codes.CannotSendAnEmptyMessage, 'Cannot send an empty message'),
  closedDms: make(403, Codes.CannotSendMessagesToThisUser, 'Cannot send messages to this user'),
  badRecipient: make(400, Codes.InvalidRecipients, 'Invalid Recipient(s)'),
  noHistoryForReply: make(
    400,
    Codes.CannotReplyWithoutPermissionToReadMessageHistory,
    'Cannot reply without permission to read message history',
  ),
};

/** Gathers the faults of a form and throws them together as 50035, nested by their paths. */
export class FormFaults {
  readonly #errors: Record<string, unknown> = {};
  #count = 0;

  /** `path` as `embeds.0.description`. */
  add(path: string, code: string, message: string): void {
    let node = this.#errors;
    for (const key of path.split('.')) node = (node[key] ??= {}) as Record<string, unknown>;
    const list = (node._errors ??= []) as object[];
    list.push({ code, message });
    this.#count += 1;
  }

  atMost(path: string, length: number, limit: number): void {
    if (length > limit) this.add(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${limit} or fewer in length.`);
  }

  within(path: string, length: number, least: number, most: number): void {
    if (length < least || length > most) {
      this.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`);
    }
  }

  throwIfAny(): void {
    if (this.#count === 0) return;
    throw new DiscordError(400, Codes.InvalidFormBodyOrContentType, 'Invalid Form Body', this.#errors);
  }
}
