import {
  APIInteractionResponse,
  APIInteractionResponseCallbackData,
  InteractionResponseType as Type,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord.js';
import { Realm } from '../realm';
import { UploadedFile } from '../state/journal';
import { InteractionRecord } from '../state/interaction-desk';
import { MessageDraft, StoredMessage } from '../state/message-board';
import { FormFaults, refuse } from './discord-error';
import { noContent, ok, RestAnswer, RestCall } from './rest-call';

/** The first response to an interaction. */
export class InteractionAnswers {
  constructor(private readonly realm: Realm) {}

  callback(call: RestCall): RestAnswer {
    const { desk } = this.realm;
    const response = call.body as APIInteractionResponse;
    this.#check(response);
    const record = desk.acknowledge(call.param('id'), call.param('token'), response.type);
    let message: StoredMessage | undefined;
    try {
      message = this.#respond(record, response, call.files);
    } catch (error) {
      // A response that is refused was none.
      delete record.acknowledgedAt;
      delete record.responseType;
      throw error;
    }
    return call.query.get('with_response') === 'true' ? ok(this.#resource(record, message)) : noContent;
  }

  /** A new message of an interaction; the first one is the answer itself, later ones refer to it. */
  post(
    record: InteractionRecord,
    data: APIInteractionResponseCallbackData,
    files: UploadedFile[],
  ): StoredMessage {
    const fields = this.realm.composer.create(data, files, record.channelId);
    return this.#publish(
      record,
      { ...fields, ...(data.allowed_mentions ? { allowedMentions: data.allowed_mentions } : {}) },
      data.flags,
    );
  }

  #respond(
    record: InteractionRecord,
    response: APIInteractionResponse,
    files: UploadedFile[],
  ): StoredMessage | undefined {
    const { board, composer } = this.realm;
    switch (response.type) {
      case Type.ChannelMessageWithSource:
        return this.post(record, response.data, files);
      case Type.DeferredChannelMessageWithSource:
        record.thinking = true;
        return this.#publish(record, { flags: MessageFlags.Loading }, response.data?.flags);
      case Type.DeferredMessageUpdate:
        record.originalId = record.componentMessageId ?? '';
        return board.find(record.originalId);
      case Type.UpdateMessage: {
        const message = board.find(record.componentMessageId ?? '');
        if (!message) throw refuse.unknownMessage();
        board.edit(message, composer.edit(response.data ?? {}, files, message.data));
        record.originalId = message.id;
        return message;
      }
      case Type.ApplicationCommandAutocompleteResult:
        record.choices = response.data.choices ?? [];
        return undefined;
      case Type.Modal:
        record.modal = response.data;
        return undefined;
      default:
        return undefined;
    }
  }

  #publish(
    record: InteractionRecord,
    fields: Partial<MessageDraft>,
    flags: number | undefined,
  ): StoredMessage {
    const { board, world } = this.realm;
    const wanted = ((flags ?? 0) & MessageFlags.Ephemeral) !== 0 || record.forcedEphemeral;
    const first = record.originalId === undefined && record.modal === undefined;
    if (first) record.ephemeral = wanted;
    const referred = first ? (record.targetMessageId ?? record.componentMessageId) : record.originalId;
    const message = board.post({
      ...fields,
      ...(referred
        ? {
            message_reference: {
              type: 0,
              message_id: referred,
              channel_id: record.channelId,
              ...this.#guild(record),
            },
          }
        : {}),
      type: first ? messageTypeOf(record) : MessageType.Reply,
      channelId: record.channelId,
      authorId: world.bot.id,
      webhook: true,
      interaction_metadata: {
        ...record.metadata,
        ...(first ? {} : { original_response_message_id: record.originalId }),
      },
      ...(wanted ? { visibleTo: record.userId } : {}),
    });
    if (first) record.originalId = message.id;
    else record.followUpIds.push(message.id);
    return message;
  }

  #guild(record: InteractionRecord) {
    return record.guildId ? { guild_id: record.guildId } : {};
  }

  #resource(record: InteractionRecord, message: StoredMessage | undefined) {
    const { id, type } = record;
    return {
      interaction: {
        id,
        type,
        ...(message ? { response_message_id: message.id } : {}),
        response_message_loading: record.thinking,
        response_message_ephemeral: record.ephemeral,
        channel_id: record.channelId,
        ...this.#guild(record),
      },
      resource: {
        type: record.responseType,
        ...(message ? { message: this.realm.board.render(message) } : {}),
      },
    };
  }

  #check(response: APIInteractionResponse | undefined): void {
    const faults = new FormFaults();
    const known = [1, 4, 5, 6, 7, 8, 9, 10, 12].includes(Number(response?.type));
    if (!known)
      faults.add('type', 'BASE_TYPE_CHOICES', 'Value must be one of {1, 4, 5, 6, 7, 8, 9, 10, 12}.');
    if (response?.type === Type.Modal) {
      faults.within('data.title', response.data.title.length, 1, 45);
      faults.within('data.custom_id', response.data.custom_id.length, 1, 100);
      faults.within('data.components', response.data.components.length, 1, 5);
    }
    faults.throwIfAny();
  }
}

function messageTypeOf(
  record: InteractionRecord,
): MessageType.Reply | MessageType.ChatInputCommand | MessageType.ContextMenuCommand {
  if (record.targetMessageId) return MessageType.ContextMenuCommand;
  return record.type === InteractionType.MessageComponent ? MessageType.Reply : MessageType.ChatInputCommand;
}
