import { BlockAction, MessageShortcut, SlashCommand, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import { SlackMessage } from '../slack-payload';

/** A command, a shortcut, or a button or menu that somebody used. */
export interface Gesture {
  /** Workspace in which hark is installed. */
  team: string;
  user: string;
  /** Unique for every gesture. */
  triggerId: string;
  channel?: string;
  /** As Slack says it: `directmessage` and `mpdm-…` are no names. */
  channelName?: string;
  /** Where the response goes; the App Home has none. */
  responseUrl?: string;
  /** Thread that the message with the button is in. */
  thread?: string;
  /** The command's name, and what stands behind it. */
  command?: string;
  text: string;
  /** The message whose menu was used. */
  message?: SlackMessage;
  action?: UsedControl;
  /** `private_metadata` of the App Home. */
  home?: string;
  /** A form that was sent, or one of whose buttons was used. */
  form?: SentForm;
}

/** A form (Slack's modal), as it was filled in. */
export interface SentForm {
  viewId: string;
  /** Its `callback_id`. */
  name: string;
  /** Its `private_metadata`. */
  about: string;
  /** What was typed or chosen, by the ids of the controls. */
  values: Record<string, string[]>;
}

/** A button or menu, with the choice that was made. */
interface UsedControl {
  id: string;
  block: string;
  value?: string;
}

/** Made in a direct message, of two or of a group. */
export function isConversation({ channel = '', channelName = '' }: Gesture): boolean {
  return channel.startsWith('D') || channelName === 'directmessage' || channelName.startsWith('mpdm-');
}

export function gestureOfCommand(body: SlashCommand, team: string): Gesture {
  return {
    team,
    user: body.user_id,
    triggerId: body.trigger_id,
    channel: body.channel_id,
    channelName: body.channel_name,
    responseUrl: body.response_url,
    command: body.command,
    text: body.text.trim(),
  };
}

export function gestureOfShortcut(body: MessageShortcut, team: string): Gesture {
  return {
    team,
    user: body.user.id,
    triggerId: body.trigger_id,
    channel: body.channel.id,
    channelName: body.channel.name,
    responseUrl: body.response_url,
    text: '',
    message: { ...(body.message as Omit<SlackMessage, 'channel'>), channel: body.channel.id },
  };
}

export function gestureOfAction(body: BlockAction, team: string): Gesture {
  const [action] = body.actions;
  const thread: unknown = body.container.thread_ts;
  return {
    team,
    user: body.user.id,
    triggerId: body.trigger_id,
    channel: body.channel?.id,
    channelName: body.channel?.name,
    // The typings promise one to every action; views have none.
    responseUrl: body.response_url || undefined,
    text: '',
    ...(typeof thread === 'string' && { thread }),
    ...(action && {
      action: { id: action.action_id, block: action.block_id, value: valueOf(action as unknown as Value) },
    }),
    ...(body.view?.type === 'home' && { home: body.view.private_metadata }),
    ...(body.view?.type === 'modal' && { form: formOf(body.view) }),
  };
}

export function gestureOfForm(body: ViewSubmitAction, team: string): Gesture {
  const triggerId = body.trigger_id;
  return { team, user: body.user.id, triggerId, text: '', form: formOf(body.view) };
}

function formOf({ id, callback_id: name, private_metadata: about, state }: ViewOutput): SentForm {
  const controls = Object.values(state.values).flatMap((block) => Object.entries(block));
  return {
    viewId: id,
    name,
    about,
    values: Object.fromEntries(
      controls.map(([control, { value, selected_options: chosen }]) => [
        control,
        chosen ? chosen.map((option) => option.value) : typeof value === 'string' ? [value] : [],
      ]),
    ),
  };
}

interface Value {
  value?: string | null;
  selected_option?: { value?: string } | null;
  selected_conversation?: string | null;
  selected_user?: string | null;
}

function valueOf({
  value,
  selected_option: option,
  selected_conversation: channel,
  selected_user: user,
}: Value): string | undefined {
  return value ?? option?.value ?? channel ?? user ?? undefined;
}
