import { APIAttachment, APIMessage, MessageFlags, MessageReferenceType, MessageType } from 'discord.js';
import { Realm } from '../realm';
import { StoredMessage } from '../state/message-board';
import { idOf, Ref } from '../state/snowflakes';
import { oggSeconds, waveformOf } from './voice-traits';

/** A file as somebody attaches it. */
export interface PostedFile {
  bytes: Buffer;
  filename: string;
  /** As the sender's client names it; left out, Discord names none. */
  contentType?: string;
  durationSecs?: number;
  waveform?: string;
}

export interface Post {
  channel: Ref;
  author: Ref;
  content?: string;
  files?: PostedFile[];
  /** The message this one answers. */
  replyTo?: Ref;
  /** Whether the answer notifies the author of that message; it does unless told. */
  ping?: boolean;
  flags?: number;
}

export interface VoicePost extends Omit<Post, 'files' | 'content'> {
  audio: Buffer;
  filename?: string;
  contentType?: string;
  /** As the sender's client claims; read from the OGG unless given; null leaves it out. */
  durationSecs?: number | null;
}

/** What users write, send, forward, change and delete. */
export class Posting {
  constructor(private readonly realm: Realm) {}

  post(post: Post): StoredMessage {
    const { board, world } = this.realm;
    const channelId = idOf(post.channel);
    const reference = post.replyTo ? this.#reference(post.replyTo) : undefined;
    const guild = world.guildOf(world.channel(channelId));
    if (guild && !guild.members.has(idOf(post.author))) {
      throw new Error(`User ${idOf(post.author)} is no member of ${guild.data.name} and cannot write there.`);
    }
    return board.post({
      channelId,
      authorId: idOf(post.author),
      content: post.content ?? '',
      attachments: (post.files ?? []).map((file) => this.attach(file, channelId)),
      flags: post.flags ?? 0,
      ...(reference ? { type: MessageType.Reply as const, message_reference: reference } : {}),
      allowedMentions: { ...everything(), replied_user: post.ping ?? true },
    });
  }

  /** A voice message as the mobile app sends it: one OGG, no words, flag 8192. */
  postVoiceMessage(post: VoicePost): StoredMessage {
    const { audio, filename = 'voice-message.ogg', contentType = 'audio/ogg', durationSecs, ...rest } = post;
    const seconds = durationSecs === undefined ? oggSeconds(audio) : (durationSecs ?? undefined);
    const file: PostedFile = { bytes: audio, filename, contentType };
    if (seconds !== undefined) Object.assign(file, { durationSecs: seconds, waveform: waveformOf(audio) });
    return this.post({ ...rest, files: [file], flags: (rest.flags ?? 0) | MessageFlags.IsVoiceMessage });
  }

  /** A forward: the original stands in a snapshot, the message itself is empty. */
  forward(original: Ref, to: { channel: Ref; author: Ref }): StoredMessage {
    const { data } = this.#find(original);
    return this.realm.board.post({
      channelId: idOf(to.channel),
      authorId: idOf(to.author),
      flags: MessageFlags.HasSnapshot,
      message_reference: { ...this.#reference(original), type: MessageReferenceType.Forward },
      message_snapshots: [{ message: snapshotOf(data) }],
    });
  }

  edit(message: Ref, content: string): void {
    this.realm.board.edit(this.#find(message), { content });
  }

  /** An edit that takes a file away. */
  removeAttachment(message: Ref, attachment: Ref): void {
    const found = this.#find(message);
    const attachments = found.data.attachments.filter(({ id }) => id !== idOf(attachment));
    this.realm.board.edit(found, { attachments });
  }

  /** One: MESSAGE_DELETE. Several: MESSAGE_DELETE_BULK. */
  delete(...messages: Ref[]): void {
    this.realm.board.remove(...messages.map((message) => this.#find(message)));
  }

  attach(file: PostedFile, channelId: string, ephemeral = false): APIAttachment {
    const { ids, cdn } = this.realm;
    const { bytes, filename, contentType, durationSecs, waveform } = file;
    const id = ids.next();
    const served = contentType ?? 'application/octet-stream';
    cdn.store({ id, channelId, filename, contentType: served, bytes, ephemeral });
    return {
      id,
      filename,
      size: bytes.length,
      url: '',
      proxy_url: '',
      ...(contentType === undefined ? {} : { content_type: contentType }),
      ...(durationSecs === undefined ? {} : { duration_secs: durationSecs }),
      ...(waveform === undefined ? {} : { waveform }),
      ...(ephemeral ? { ephemeral: true } : {}),
    };
  }

  #reference(ref: Ref) {
    const { id, channelId } = this.#find(ref);
    const guild = this.realm.world.guildOf(this.realm.world.channel(channelId));
    return { type: 0, message_id: id, channel_id: channelId, ...(guild ? { guild_id: guild.id } : {}) };
  }

  #find(ref: Ref): StoredMessage {
    const message = this.realm.board.find(idOf(ref));
    if (!message) throw new Error(`There is no message ${idOf(ref)}, or it was deleted.`);
    return message;
  }
}

function everything() {
  return { parse: ['users', 'roles', 'everyone'] as never[] };
}

function snapshotOf(message: APIMessage): NonNullable<APIMessage['message_snapshots']>[number]['message'] {
  const { attachments, components, content, edited_timestamp, embeds, flags } = message;
  const { mention_roles, mentions, timestamp, type } = message;
  return structuredClone<ReturnType<typeof snapshotOf>>({
    attachments,
    components: components ?? [],
    content,
    edited_timestamp,
    embeds,
    ...(flags === undefined ? {} : { flags }),
    mention_roles,
    mentions,
    timestamp,
    type,
  });
}
