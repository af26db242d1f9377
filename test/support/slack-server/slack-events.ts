import { SlackClock } from './slack-clock';
import { Delivery } from './slack-delivery';
import { SlackDispatcher } from './slack-dispatcher';
import { Channel, ChannelKind, Json, Team } from './slack-model';
import { SlackRecorder } from './slack-recorder';
import { SlackWorld } from './slack-world';

const plural: Record<ChannelKind, string> = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };

/** What an app needs for an event: the subscription's name in its manifest, and a scope. */
function needsOf(type: string, channel?: Channel): { subscription: string; scope?: string } {
  const kind = channel ? plural[channel.kind] : 'channels';
  if (type === 'message') return { subscription: `message.${kind}`, scope: `${kind}:history` };
  if (type === 'app_mention') return { subscription: type, scope: 'app_mentions:read' };
  if (type.startsWith('file_')) return { subscription: type, scope: 'files:read' };
  if (type.startsWith('member_') || /^(channel|group)_/.test(type))
    return { subscription: type, scope: `${kind}:read` };
  return { subscription: type };
}

/** Wraps events as Slack does and sends those that the app may have. */
export class SlackEvents {
  /** Subscribed events as in a manifest's `bot_events`; undefined stands for all. */
  subscriptions?: Set<string>;

  constructor(
    private readonly world: SlackWorld,
    private readonly clock: SlackClock,
    private readonly dispatcher: SlackDispatcher,
    private readonly recorder: SlackRecorder,
    private readonly app: { id: string; verificationToken: string },
  ) {}

  /** Sends an event of a channel. Undefined when the app is not entitled to it; the recorder says why. */
  inChannel(channel: Channel, event: Json): Delivery | undefined {
    const team = this.world.teams.get(channel.teamId) ?? this.world.team();
    if (!channel.members.has(team.bot.userId)) {
      const detail = `the bot is not in ${channel.id}`;
      this.recorder.suppress({ type: String(event.type), reason: 'not_in_channel', detail });
      return undefined;
    }
    return this.inTeam(team, event, channel);
  }

  /** Sends an event that needs no membership. */
  inTeam(team: Team, event: Json, channel?: Channel): Delivery | undefined {
    const type = String(event.type);
    const { subscription, scope } = needsOf(type, channel);
    if (this.subscriptions && !this.subscriptions.has(subscription)) {
      this.recorder.suppress({ type, reason: 'not_subscribed', detail: subscription });
      return undefined;
    }
    if (scope && !team.bot.scopes.has(scope)) {
      this.recorder.suppress({ type, reason: 'missing_scope', detail: scope });
      return undefined;
    }
    return this.dispatcher.event(this.envelope(team, { event_ts: this.world.ids.ts(), ...event }));
  }

  /** The outer JSON of an event, also for tests that send it themselves. */
  envelope(team: Team, event: Json): Json {
    return {
      token: this.app.verificationToken,
      team_id: team.id,
      context_team_id: team.id,
      context_enterprise_id: null,
      api_app_id: this.app.id,
      event,
      type: 'event_callback',
      event_id: this.world.ids.id('Ev'),
      event_time: Math.floor(this.clock.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: team.id,
          user_id: team.bot.userId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${this.world.ids.secret(40)}`,
    };
  }
}
