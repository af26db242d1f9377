import { randomBytes } from 'node:crypto';
import {
  APIApplicationCommandOptionChoice,
  APIMessageInteractionMetadata,
  APIModalInteractionResponseCallbackData,
  InteractionResponseType,
  InteractionType,
  Locale,
} from 'discord.js';
import { refuse } from '../rest/discord-error';
import { AdjustableClock } from './clock';

const TOKEN_LIFE_MS = 15 * 60_000;
const FOLLOW_UPS_OF_USER_INSTALLS = 5;

/** An interaction's whole life, as the user and Discord see it. */
export interface InteractionRecord {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  /** Command name or custom id. */
  readonly name: string;
  readonly userId: string;
  readonly channelId: string;
  readonly guildId?: string;
  readonly locale: Locale;
  readonly createdAt: number;
  /** Authorised by the user's installation alone: at most five follow-ups. */
  readonly userInstallOnly: boolean;
  /** The answer is seen by the user alone, whatever the app says (no permission to use external apps). */
  readonly forcedEphemeral: boolean;
  /** What the answer's `interaction_metadata` says. */
  readonly metadata: APIMessageInteractionMetadata;
  /** The message a context menu was opened on. */
  readonly targetMessageId?: string;
  /** The message whose component was used. */
  readonly componentMessageId?: string;
  acknowledgedAt?: number;
  responseType?: InteractionResponseType;
  ephemeral: boolean;
  /** "thinking…" is still shown. */
  thinking: boolean;
  /** What `@original` stands for. */
  originalId?: string;
  readonly followUpIds: string[];
  /** Follow-ups counted against the limit. */
  followUps: number;
  modal?: APIModalInteractionResponseCallbackData;
  choices?: APIApplicationCommandOptionChoice[];
}

type Opening = Omit<
  InteractionRecord,
  'token' | 'createdAt' | 'ephemeral' | 'thinking' | 'followUpIds' | 'followUps' | 'metadata'
> & { metadata: APIMessageInteractionMetadata };

/** Keeps the clock of every interaction: one answer, within three seconds; a token for fifteen minutes. */
export class InteractionDesk {
  readonly all: InteractionRecord[] = [];

  constructor(
    private readonly clock: AdjustableClock,
    private readonly callbackMs: number,
  ) {}

  open(opening: Opening): InteractionRecord {
    const secret = randomBytes(48).toString('base64url');
    const record: InteractionRecord = {
      ...opening,
      token: Buffer.from(`interaction:${opening.id}:${secret}`).toString('base64url'),
      createdAt: this.clock.now(),
      ephemeral: false,
      thinking: false,
      followUpIds: [],
      followUps: 0,
    };
    this.all.push(record);
    return record;
  }

  /**
   * Takes the first response.
   * @throws DiscordError 10062 when it comes too late or for nothing, 40060 when there was one
   */
  acknowledge(id: string, token: string, type: InteractionResponseType): InteractionRecord {
    const record = this.all.find((one) => one.id === id && one.token === token);
    if (!record) throw refuse.unknownInteraction();
    if (record.acknowledgedAt !== undefined) throw refuse.alreadyAcknowledged();
    if (this.clock.now() - record.createdAt > this.callbackMs) throw refuse.unknownInteraction();
    record.acknowledgedAt = this.clock.now();
    record.responseType = type;
    return record;
  }

  /**
   * The interaction behind a webhook's token.
   * @throws DiscordError 10015 before the first response and for unknown tokens, 50027 after fifteen minutes
   */
  webhook(token: string): InteractionRecord {
    const record = this.all.find((one) => one.token === token);
    if (!record) throw refuse.unknownWebhook();
    if (this.clock.now() - record.createdAt > TOKEN_LIFE_MS) throw refuse.invalidToken();
    if (record.acknowledgedAt === undefined) throw refuse.unknownWebhook();
    return record;
  }

  /** @throws DiscordError 40094 when a user-installed app has had its five */
  countFollowUp(record: InteractionRecord): void {
    if (record.userInstallOnly && record.followUps >= FOLLOW_UPS_OF_USER_INSTALLS) {
      throw refuse.tooManyFollowUps();
    }
    record.followUps += 1;
  }

  /** Those that left their user with "did not respond" or with "thinking…". */
  stuck(): InteractionRecord[] {
    const now = this.clock.now();
    return this.all.filter((record) => {
      const silent = record.acknowledgedAt === undefined && now - record.createdAt > this.callbackMs;
      return silent || record.thinking;
    });
  }
}
