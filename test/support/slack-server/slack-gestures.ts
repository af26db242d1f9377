import { Delivery } from './slack-delivery';
import { SlackDispatcher } from './slack-dispatcher';
import { actionOf, Choice, elementsOf, valuesOf } from './slack-elements';
import { SlackInteractions } from './slack-interactions';
import { Channel, EphemeralMessage, Json, Message, Team, User, View } from './slack-model';
import { SlackResponseUrls } from './slack-response-urls';
import { SlackViews } from './slack-views';
import { SlackWorld } from './slack-world';

type Who = User | string;

export interface CommandOptions {
  user: Who;
  channel: Channel | string;
  /** With its slash. */
  command: string;
  text?: string;
}

const idOf = (what: { id: string } | string) => (typeof what === 'string' ? what : what.id);

/** What people do with commands, shortcuts, buttons and views. Each resolves when the app acknowledged, or failed to. */
export class SlackGestures {
  constructor(
    private readonly world: SlackWorld,
    private readonly dispatcher: SlackDispatcher,
    private readonly interactions: SlackInteractions,
    private readonly responseUrls: SlackResponseUrls,
    private readonly views: SlackViews,
  ) {}

  /** Runs a slash command, also where the bot is no member. */
  async command({ user, channel, command, text = '' }: CommandOptions): Promise<Delivery> {
    const [who, where] = [this.world.user(idOf(user)), this.world.channel(idOf(channel))];
    const team = this.team(where);
    const body = this.interactions.command(team, where, who, command, text);
    const delivery = await this.dispatcher.interaction('slash_commands', body);
    this.showAck(delivery, { team, channel: where.id, user: who.id });
    return delivery;
  }

  /** Uses a shortcut from a message's menu. */
  shortcut(user: Who, message: Message, callbackId: string): Promise<Delivery> {
    const channel = this.world.channel(message.channel);
    const who = this.world.user(idOf(user));
    const body = this.interactions.messageShortcut(this.team(channel), channel, who, message, callbackId);
    return this.dispatcher.interaction('interactive', body);
  }

  globalShortcut(user: Who, callbackId: string): Promise<Delivery> {
    const who = this.world.user(idOf(user));
    const team = this.world.teamOf(who.id);
    return this.dispatcher.interaction(
      'interactive',
      this.interactions.globalShortcut(team, who, callbackId),
    );
  }

  /**
   * Presses a button of a message, or chooses from one of its menus.
   * @throws Error when the message shows no element with that action id
   */
  act(user: Who, message: Message | EphemeralMessage, actionId: string, choice?: Choice): Promise<Delivery> {
    const who = this.world.user(idOf(user));
    const action = this.use(message.blocks ?? [], actionId, choice);
    const team = this.team(this.world.channel(message.channel));
    return this.dispatcher.interaction(
      'interactive',
      this.interactions.messageAction(team, who, message, action),
    );
  }

  /** Presses a button or uses a menu of a Home tab or a modal; `choices` are what its inputs say meanwhile. */
  actInView(
    user: Who,
    view: View,
    actionId: string,
    choice?: Choice,
    choices: Record<string, Choice> = {},
  ): Promise<Delivery> {
    const who = this.world.user(idOf(user));
    const blocks = (view.content.blocks as Json[] | undefined) ?? [];
    const action = this.use(blocks, actionId, choice);
    const team = this.world.teamOf(who.id);
    const values = valuesOf(blocks, { ...choices, [actionId]: choice });
    return this.dispatcher.interaction(
      'interactive',
      this.interactions.viewAction(team, who, view, action, values),
    );
  }

  /** Submits a modal and does to it what the app's answer says. `choices` by action id. */
  async submitView(user: Who, view: View, choices: Record<string, Choice> = {}): Promise<Delivery> {
    const who = this.world.user(idOf(user));
    const values = valuesOf((view.content.blocks as Json[] | undefined) ?? [], choices);
    const body = this.interactions.viewSubmission(this.world.teamOf(who.id), who, view, values);
    const delivery = await this.dispatcher.interaction('interactive', body);
    if (delivery.state === 'acked') this.views.answered(view, delivery.ackPayload as Json | undefined);
    return delivery;
  }

  /** Closes a modal; the app hears of it when the view asks for that by `notify_on_close`. */
  async closeView(user: Who, view: View): Promise<Delivery | undefined> {
    const who = this.world.user(idOf(user));
    view.open = false;
    if (view.content.notify_on_close !== true) return undefined;
    const body = this.interactions.viewClosed(this.world.teamOf(who.id), who, view);
    return this.dispatcher.interaction('interactive', body);
  }

  private team(channel: Channel): Team {
    return this.world.teams.get(channel.teamId) ?? this.world.team();
  }

  private use(blocks: Json[], actionId: string, choice: Choice): Json {
    const elements = elementsOf(blocks);
    const found = elements.find(({ element }) => element.action_id === actionId);
    if (found) return actionOf(found, choice);
    const shown = elements.map(({ element }) => String(element.action_id)).join(', ') || 'nothing';
    throw new Error(`There is no ${actionId} to use, only ${shown}`);
  }

  /** A command's acknowledgement may carry the answer itself. */
  private showAck(delivery: Delivery, context: { team: Team; channel: string; user: string }): void {
    const payload = delivery.ackPayload as Json | undefined;
    if (payload && (payload.text || payload.blocks)) this.responseUrls.show(context, payload, 'ack');
  }
}
