import { SlackClock } from './slack-clock';
import { Channel, EphemeralMessage, Json, Message, Team, User, View } from './slack-model';
import { SlackApiError } from './slack-params';
import { SlackPayloads } from './slack-payloads';
import { SlackResponseUrls } from './slack-response-urls';
import { SlackWorld } from './slack-world';

const triggerLifeMs = 3000;

interface Trigger {
  user: string;
  created: number;
  used: boolean;
}

/** Builds the payloads of commands, shortcuts, buttons and views, and keeps their trigger ids. */
export class SlackInteractions {
  private readonly triggers = new Map<string, Trigger>();

  constructor(
    private readonly world: SlackWorld,
    private readonly clock: SlackClock,
    private readonly payloads: SlackPayloads,
    private readonly responseUrls: SlackResponseUrls,
    private readonly app: { id: string; verificationToken: string },
  ) {}

  /**
   * Uses up a trigger id: once, within three seconds.
   * @returns the user who made it
   * @throws SlackApiError `invalid_trigger_id`, `exchanged_trigger_id`, `expired_trigger_id`
   */
  takeTrigger(id: string): string {
    const trigger = this.triggers.get(id);
    if (!trigger) throw new SlackApiError('invalid_trigger_id');
    if (trigger.used) throw new SlackApiError('exchanged_trigger_id');
    if (this.clock.now() - trigger.created > triggerLifeMs) throw new SlackApiError('expired_trigger_id');
    trigger.used = true;
    return trigger.user;
  }

  command(team: Team, channel: Channel, user: User, command: string, text: string): Json {
    const names = { im: 'directmessage', group: 'privategroup', mpim: channel.name, channel: channel.name };
    return {
      token: this.app.verificationToken,
      team_id: team.id,
      team_domain: team.domain,
      channel_id: channel.id,
      channel_name: names[channel.kind],
      user_id: user.id,
      user_name: user.name,
      command,
      text,
      api_app_id: this.app.id,
      is_enterprise_install: 'false',
      response_url: this.responseUrls.create('commands', { team, channel: channel.id, user: user.id }),
      trigger_id: this.trigger(user),
    };
  }

  messageShortcut(team: Team, channel: Channel, user: User, message: Message, callbackId: string): Json {
    const threadTs = message.threadTs;
    const context = { team, channel: channel.id, user: user.id, threadTs, original: message };
    return {
      ...this.head('message_action', team, user),
      action_ts: this.world.ids.ts(),
      callback_id: callbackId,
      response_url: this.responseUrls.create('app', context),
      message_ts: message.ts,
      channel: this.channelName(channel),
      message: this.payloads.message(message),
    };
  }

  /** A shortcut from the compose box or the search: it has neither channel nor response_url. */
  globalShortcut(team: Team, user: User, callbackId: string): Json {
    return {
      ...this.head('shortcut', team, user),
      action_ts: this.world.ids.ts(),
      callback_id: callbackId,
    };
  }

  messageAction(team: Team, user: User, message: Message | EphemeralMessage, action: Json): Json {
    const channel = this.world.channel(message.channel);
    const ephemeral = 'via' in message;
    const threadTs = message.threadTs;
    const context = { team, channel: channel.id, user: user.id, threadTs, original: message };
    return {
      ...this.head('block_actions', team, user),
      api_app_id: this.app.id,
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: channel.id,
        is_ephemeral: ephemeral,
        ...(threadTs ? { thread_ts: threadTs } : {}),
      },
      channel: this.channelName(channel),
      // An ephemeral message does not come along.
      ...(ephemeral ? {} : { message: this.payloads.message(message) }),
      state: { values: {} },
      response_url: this.responseUrls.create('actions', context),
      actions: [{ ...action, action_ts: this.world.ids.ts() }],
    };
  }

  viewAction(team: Team, user: User, view: View, action: Json, values: Json): Json {
    return {
      ...this.head('block_actions', team, user),
      api_app_id: this.app.id,
      container: { type: 'view', view_id: view.id },
      view: { ...this.payloads.view(view), state: { values } },
      actions: [{ ...action, action_ts: this.world.ids.ts() }],
    };
  }

  viewSubmission(team: Team, user: User, view: View, values: Json): Json {
    return {
      ...this.head('view_submission', team, user),
      api_app_id: this.app.id,
      view: { ...this.payloads.view(view), state: { values } },
      response_urls: [],
    };
  }

  viewClosed(team: Team, user: User, view: View): Json {
    const { trigger_id: _none, ...head } = this.head('view_closed', team, user);
    return { ...head, api_app_id: this.app.id, view: this.payloads.view(view), is_cleared: false };
  }

  private head(type: string, team: Team, user: User): Json {
    return {
      type,
      token: this.app.verificationToken,
      team: { id: team.id, domain: team.domain },
      user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
      enterprise: null,
      is_enterprise_install: false,
      trigger_id: this.trigger(user),
    };
  }

  private channelName(channel: Channel): Json {
    const names = { im: 'directmessage', group: 'privategroup', mpim: channel.name, channel: channel.name };
    return { id: channel.id, name: names[channel.kind] };
  }

  private trigger(user: User): string {
    const id = this.world.ids.triggerId();
    this.triggers.set(id, { user: user.id, created: this.clock.now(), used: false });
    return id;
  }
}
