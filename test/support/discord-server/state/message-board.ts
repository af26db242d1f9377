import { APIAllowedMentions, APIMessage, GatewayIntentBits, MessageFlags, MessageType } from 'discord.js';
import { Cdn } from '../cdn';
import { Dispatcher } from '../gateway/dispatch';
import { withoutContent } from '../gateway/content-rule';
import { AdjustableClock } from './clock';
import { defaultMentions, Pings, pingsOf } from './mentions';
import { Snowflakes } from './snowflakes';
import { isPrivate, World } from './world';

type Body = Pick<APIMessage, 'content' | 'embeds' | 'attachments' | 'components' | 'flags'>;

/** How a message looked from `at` on. */
type MessageVersion = Body & { at: number };

/** A message and what Discord does not tell about it. */
export interface StoredMessage {
  readonly id: string;
  readonly channelId: string;
  /** Attachments' addresses are signed anew whenever the message is shown. */
  data: APIMessage;
  /** Every form it had, the first and the present one included. */
  history: MessageVersion[];
  deletedAt?: number;
  /** The only user who sees it: an ephemeral answer. */
  visibleTo?: string;
  pings: Pings;
}

export interface MessageDraft extends Partial<
  Pick<
    APIMessage,
    | 'id'
    | 'content'
    | 'embeds'
    | 'attachments'
    | 'components'
    | 'flags'
    | 'type'
    | 'message_reference'
    | 'message_snapshots'
    | 'interaction_metadata'
    | 'nonce'
    | 'tts'
  >
> {
  channelId: string;
  authorId: string;
  allowedMentions?: APIAllowedMentions;
  visibleTo?: string;
  /** Written through an interaction's webhook. */
  webhook?: boolean;
}

/** All messages, and the events they cause. */
export class MessageBoard {
  readonly #messages = new Map<string, StoredMessage>();

  constructor(
    private readonly world: World,
    private readonly cdn: Cdn,
    private readonly clock: AdjustableClock,
    private readonly ids: Snowflakes,
    private readonly dispatcher: Dispatcher,
  ) {}

  get all(): StoredMessage[] {
    return [...this.#messages.values()];
  }

  find(id: string): StoredMessage | undefined {
    const message = this.#messages.get(id);
    return message?.deletedAt === undefined ? message : undefined;
  }

  /** Oldest first; deleted and ephemeral ones only when asked for. */
  inChannel(channelId: string, options: { deleted?: boolean; ephemeral?: boolean } = {}): StoredMessage[] {
    return this.all.filter(
      (message) =>
        message.channelId === channelId &&
        (options.deleted || message.deletedAt === undefined) &&
        (options.ephemeral || message.visibleTo === undefined),
    );
  }

  post(draft: MessageDraft): StoredMessage {
    const { channelId, authorId, allowedMentions, visibleTo, webhook, ...fields } = draft;
    const channel = this.world.channel(channelId);
    const isReply = fields.type === MessageType.Reply;
    const replied = this.find((isReply && fields.message_reference?.message_id) || '');
    const content = fields.content ?? '';
    const text = { authorId, content, ...(replied ? { repliedTo: replied.data.author.id } : {}) };
    const allowed = allowedMentions ?? defaultMentions(Boolean(webhook));
    const pings = pingsOf(this.world, channel, text, { replied_user: false, ...allowed });
    const data: APIMessage = {
      id: this.ids.next(),
      type: MessageType.Default,
      embeds: [],
      attachments: [],
      components: [],
      tts: false,
      ...fields,
      content,
      channel_id: channelId,
      author: this.world.person(authorId).user,
      timestamp: this.clock.timestamp(),
      edited_timestamp: null,
      flags: (fields.flags ?? 0) | (visibleTo ? MessageFlags.Ephemeral : 0),
      pinned: false,
      mention_everyone: pings.everyone,
      mention_roles: pings.roles,
      mentions: pings.users.map((id) => this.world.person(id).user),
      ...(webhook
        ? { webhook_id: this.world.application.id, application_id: this.world.application.id }
        : {}),
    };
    const stored: StoredMessage = { id: data.id, channelId, data, history: [], pings };
    if (visibleTo) stored.visibleTo = visibleTo;
    this.#remember(stored);
    this.#messages.set(data.id, stored);
    channel.last_message_id = data.id;
    this.announce('MESSAGE_CREATE', stored);
    return stored;
  }

  edit(stored: StoredMessage, change: Partial<Body> & { allowedMentions?: APIAllowedMentions }): void {
    const { allowedMentions, ...body } = change;
    // The first words in place of "thinking…" are no edit to a reader.
    const settles = ((stored.data.flags ?? 0) & MessageFlags.Loading) !== 0;
    Object.assign(stored.data, body, settles ? {} : { edited_timestamp: this.clock.timestamp() });
    const message = { authorId: stored.data.author.id, content: stored.data.content };
    const allowed = allowedMentions ?? defaultMentions(stored.data.webhook_id !== undefined);
    // An edit notifies nobody, but what it mentions is listed.
    const listed = pingsOf(this.world, this.world.channel(stored.channelId), message, allowed);
    stored.data.mentions = listed.users.map((id) => this.world.person(id).user);
    this.#remember(stored);
    this.announce('MESSAGE_UPDATE', stored);
  }

  remove(...messages: StoredMessage[]): void {
    for (const message of messages) message.deletedAt = this.clock.now();
    const [first] = messages;
    if (!first || first.visibleTo) return;
    const place = this.#place(first);
    const ids = messages.map((message) => message.id);
    this.dispatcher.dispatch({
      ...place.audience,
      event: ids.length > 1 ? 'MESSAGE_DELETE_BULK' : 'MESSAGE_DELETE',
      data: () => ({ ...(ids.length > 1 ? { ids } : { id: ids[0] }), ...place.fields }),
    });
  }

  /** The message as REST gives it: attachments freshly signed, the message it answers included. */
  render({ data }: StoredMessage): APIMessage {
    const sign = (message: Pick<APIMessage, 'attachments'>) =>
      message.attachments.map((attachment) => this.cdn.signed(attachment));
    const rendered: APIMessage = structuredClone({ ...data, attachments: sign(data) });
    delete rendered.nonce;
    for (const { message } of rendered.message_snapshots ?? []) message.attachments = sign(message);
    if (data.type === MessageType.Reply || data.type === MessageType.ContextMenuCommand) {
      const replied = this.find(data.message_reference?.message_id ?? '');
      rendered.referenced_message = replied ? withoutReference(this.render(replied)) : null;
    }
    return rendered;
  }

  /** Tells the gateway; ephemeral messages never pass through it. */
  announce(event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', stored: StoredMessage): void {
    if (stored.visibleTo) return;
    const { audience, fields, inPrivate, member } = this.#place(stored);
    const nonce = stored.data.nonce;
    this.dispatcher.dispatch({
      ...audience,
      event,
      data: (view) => {
        const whole = {
          ...this.render(stored),
          ...fields,
          ...(nonce === undefined ? {} : { nonce }),
          ...member,
        };
        return view.content ? whole : withoutContent(whole, this.world.bot.id, inPrivate);
      },
    });
  }

  #place(stored: StoredMessage) {
    const channel = this.world.channel(stored.channelId);
    const inPrivate = isPrivate(channel);
    const guild = this.world.guildOf(channel);
    const { user: _user, ...member } = guild?.members.get(stored.data.author.id) ?? {};
    const guildField = guild ? { guild_id: guild.id } : {};
    return {
      inPrivate,
      member:
        guild && !stored.data.webhook_id
          ? { member, channel_type: channel.type }
          : { channel_type: channel.type },
      fields: { channel_id: channel.id, ...guildField },
      audience: {
        channelId: channel.id,
        ...(guild ? { guildId: guild.id } : {}),
        intents: inPrivate ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages,
      },
    };
  }

  #remember({ data, history }: StoredMessage): void {
    const { content, embeds, attachments, components, flags } = structuredClone(data);
    history.push({ content, embeds, attachments, components, flags, at: this.clock.now() });
  }
}

/** Discord goes one level deep. */
function withoutReference(message: APIMessage): APIMessage {
  const { referenced_message: _deeper, ...rest } = message;
  return rest;
}
