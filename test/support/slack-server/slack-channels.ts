import { Delivery } from './slack-delivery';
import { SlackEvents } from './slack-events';
import { Channel, User } from './slack-model';
import { SlackRecorder } from './slack-recorder';
import { SlackWorld } from './slack-world';

/** What happens to channels and their members. */
export class SlackChannels {
  constructor(
    private readonly world: SlackWorld,
    private readonly events: SlackEvents,
    private readonly recorder: SlackRecorder,
  ) {}

  archive(channel: Channel, by: User | string): Delivery | undefined {
    channel.archived = true;
    return this.told(channel, 'archive', by);
  }

  unarchive(channel: Channel, by: User | string): Delivery | undefined {
    channel.archived = false;
    return this.told(channel, 'unarchive', by);
  }

  /** Deletes a channel with all in it. */
  delete(channel: Channel, by: User | string): Delivery | undefined {
    const delivery = this.told(channel, 'deleted', by);
    channel.deleted = true;
    for (const message of this.world.messagesIn(channel.id)) this.world.removeMessage(message);
    return delivery;
  }

  leave(channel: Channel, user: User | string): Delivery | undefined {
    const id = typeof user === 'string' ? user : user.id;
    const delivery = this.member(channel, 'member_left_channel', id);
    channel.members.delete(id);
    return delivery;
  }

  join(channel: Channel, user: User | string): Delivery | undefined {
    const id = typeof user === 'string' ? user : user.id;
    channel.members.add(id);
    return this.member(channel, 'member_joined_channel', id);
  }

  /** Takes the bot out; it hears `channel_left` or `group_left`. */
  removeBot(channel: Channel): Delivery | undefined {
    const team = this.world.teams.get(channel.teamId) ?? this.world.team();
    const delivery = this.told(channel, 'left', channel.creator);
    channel.members.delete(team.bot.userId);
    return delivery;
  }

  private told(channel: Channel, what: string, by: User | string): Delivery | undefined {
    const actor = typeof by === 'string' ? by : by.id;
    const prefix = channel.kind === 'channel' ? 'channel' : 'group';
    this.recorder.changed();
    return this.events.inChannel(channel, {
      type: `${prefix}_${what}`,
      channel: channel.id,
      ...(what === 'deleted' ? {} : { user: actor, actor_id: actor }),
    });
  }

  private member(channel: Channel, type: string, user: string): Delivery | undefined {
    this.recorder.changed();
    return this.events.inChannel(channel, {
      type,
      user,
      channel: channel.id,
      channel_type: channel.kind === 'channel' ? 'C' : 'G',
      team: channel.teamId,
    });
  }
}
