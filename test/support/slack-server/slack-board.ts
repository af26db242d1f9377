import { Delivery } from './slack-delivery';
import { SlackEvents } from './slack-events';
import { Channel, Json, Message, SlackFile } from './slack-model';
import { SlackPayloads } from './slack-payloads';
import { SlackRecorder } from './slack-recorder';
import { SlackWorld } from './slack-world';

export type NewMessage = Partial<Message> & { channel: string; user: string };
export interface Posted {
  message: Message;
  deliveries: Delivery[];
}

/** Changes messages and files, and has the app told of it, whoever made the change: also the app itself. */
export class SlackBoard {
  /** Whether `file_shared` leaves before the message that carries the file. Both orders occur. */
  fileSharedFirst = false;

  constructor(
    private readonly world: SlackWorld,
    private readonly events: SlackEvents,
    private readonly payloads: SlackPayloads,
    private readonly recorder: SlackRecorder,
  ) {}

  /** Posts a message; with files it is a `file_share`, and each file is announced by a `file_shared`, too. */
  post(given: NewMessage): Posted {
    const channel = this.world.channel(given.channel);
    const files = (given.fileIds ?? []).flatMap((id) => this.world.files.get(id) ?? []);
    const subtype = given.subtype ?? (files.length > 0 ? 'file_share' : undefined);
    const message = this.world.addMessage({ ...given, subtype });
    const { ts, threadTs } = message;
    for (const file of files)
      file.shares.push({ channel: channel.id, ts, ...(threadTs ? { threadTs } : {}) });
    const announced = () => files.map((file) => this.announce(channel, file));
    const told = () => [this.tell(channel, message), this.tellMention(channel, message)];
    const deliveries = this.fileSharedFirst ? [...announced(), ...told()] : [...told(), ...announced()];
    this.recorder.changed();
    return { message, deliveries: deliveries.filter((delivery) => delivery !== undefined) };
  }

  edit(message: Message, by: string, text: string, blocks?: Json[], metadata?: Json): void {
    const channel = this.world.channel(message.channel);
    const before = this.payloads.message(message);
    message.revisions.push({ text: message.text, blocks: message.blocks, at: this.world.clock.now() });
    message.text = text;
    message.blocks = blocks;
    if (metadata) message.metadata = metadata;
    message.edited = { user: by, ts: this.world.ids.ts() };
    this.events.inChannel(channel, {
      ...this.head(channel, 'message_changed'),
      message: this.payloads.message(message),
      previous_message: before,
    });
    this.recorder.changed();
  }

  /** Deletes a message. One with replies stays as a tombstone, and the app hears `message_changed` (seen in the field). */
  remove(message: Message): void {
    const channel = this.world.channel(message.channel);
    const before = this.payloads.message(message);
    for (const id of message.fileIds) {
      const file = this.world.files.get(id);
      if (file) file.shares = file.shares.filter(({ ts }) => ts !== message.ts);
    }
    if (this.world.replies(message.channel, message.ts).length > 0) {
      const text = 'This message was deleted.';
      Object.assign(message, {
        subtype: 'tombstone',
        user: 'USLACKBOT',
        text,
        fileIds: [],
        blocks: undefined,
      });
      delete message.botId;
      this.events.inChannel(channel, {
        ...this.head(channel, 'message_changed'),
        message: { ...this.payloads.message(message), hidden: true },
        previous_message: before,
      });
    } else {
      this.world.removeMessage(message);
      this.events.inChannel(channel, {
        ...this.head(channel, 'message_deleted'),
        deleted_ts: message.ts,
        previous_message: before,
      });
    }
    this.recorder.changed();
  }

  removeFile(file: SlackFile): void {
    const channels = [...new Set(file.shares.map(({ channel }) => channel))];
    file.deleted = true;
    file.content = Buffer.alloc(0);
    const team = this.world.teamOf(file.user);
    const seen = channels.some((id) => this.world.channel(id).members.has(team.bot.userId));
    if (seen) this.events.inTeam(team, { type: 'file_deleted', file_id: file.id, channel_ids: channels });
    this.recorder.changed();
  }

  private tell(channel: Channel, message: Message): Delivery | undefined {
    return this.events.inChannel(channel, {
      ...this.payloads.message(message),
      channel: channel.id,
      channel_type: channel.kind,
      event_ts: message.ts,
    });
  }

  /** A message that names the bot arrives a second time, as `app_mention`; never in a direct message. */
  private tellMention(channel: Channel, message: Message): Delivery | undefined {
    const bot = this.world.teams.get(channel.teamId)?.bot;
    const named = bot && !message.botId && message.text.includes(`<@${bot.userId}>`);
    if (!named || channel.kind === 'im') return undefined;
    const { subtype: _none, ...body } = this.payloads.message(message);
    return this.events.inChannel(channel, {
      ...body,
      type: 'app_mention',
      channel: channel.id,
      event_ts: message.ts,
    });
  }

  private announce(channel: Channel, file: SlackFile): Delivery | undefined {
    return this.events.inChannel(channel, {
      type: 'file_shared',
      file_id: file.id,
      user_id: file.user,
      file: { id: file.id },
      channel_id: channel.id,
    });
  }

  private head(channel: Channel, subtype: string): Json {
    const ts = this.world.ids.ts();
    const { id, kind } = channel;
    return { type: 'message', subtype, hidden: true, channel: id, channel_type: kind, ts, event_ts: ts };
  }
}
