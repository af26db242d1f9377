import {
  APIApplicationCommand,
  APIApplicationCommandInteractionData,
  APIMessage,
  APIMessageComponentInteractionData,
  APIModalSubmission,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  PermissionFlagsBits,
} from 'discord.js';
import {
  interactionBase,
  resolvedMember,
  resolvedMention,
  Scene,
  sceneOf,
} from '../payloads/interaction-payload';
import { Realm } from '../realm';
import { ComponentForm, walk } from '../rest/message-rules';
import { isOffered } from '../state/command-register';
import { InteractionRecord } from '../state/interaction-desk';
import { StoredMessage } from '../state/message-board';
import { may, permissionsIn } from '../state/permissions';
import { idOf, Ref } from '../state/snowflakes';
import { Posting } from './posting';
import { SlashForm, SlashValue } from './slash-options';

/** Where and by whom; `sizeLimit` overrides `attachment_size_limit`. */
export interface Asking {
  channel: Ref;
  user: Ref;
  sizeLimit?: number;
}

interface Start {
  type: InteractionType;
  name: string;
  data: APIApplicationCommandInteractionData | APIMessageComponentInteractionData | APIModalSubmission;
  message?: StoredMessage;
  targetMessageId?: string;
  sizeLimit?: number;
}

/** What users do with the app's commands, buttons, menus and forms. Only what Discord would offer them is possible. */
export class Interacting {
  constructor(
    private readonly realm: Realm,
    private readonly posting: Posting,
  ) {}

  /** `name` may hold subcommands: `hark settings`. */
  slash(asking: Asking & { name: string; options?: Record<string, SlashValue> }): InteractionRecord {
    const { world, cdn } = this.realm;
    const [name = '', ...path] = asking.name.split(' ');
    const scene = this.#scene(asking);
    const command = this.#offered(scene, ApplicationCommandType.ChatInput, name);
    const form = new SlashForm(world, this.posting, (attachment) => cdn.signed(attachment), scene);
    const options = form.fill(command, path, asking.options ?? {});
    const data = {
      ...reference(command),
      type: ApplicationCommandType.ChatInput as const,
      ...(options.length > 0 ? { options } : {}),
      ...(Object.keys(form.resolved).length > 0 ? { resolved: form.resolved } : {}),
    };
    return this.#start(scene, {
      type: InteractionType.ApplicationCommand,
      name: asking.name,
      data,
      ...limit(asking),
    });
  }

  /** Types into an option that suggests; what is suggested ends up in the record's `choices`. */
  type(asking: Asking & { name: string; option: string; typed: string }): InteractionRecord {
    const scene = this.#scene(asking);
    const command = this.#offered(scene, ApplicationCommandType.ChatInput, asking.name);
    const option = command.options?.find(({ name }) => name === asking.option);
    if (!option || !('autocomplete' in option && option.autocomplete)) {
      throw new Error(`/${asking.name} suggests nothing for an option "${asking.option}".`);
    }
    const data = {
      ...reference(command),
      type: ApplicationCommandType.ChatInput as const,
      options: [{ name: option.name, type: option.type, value: asking.typed, focused: true }],
    } as APIApplicationCommandInteractionData;
    return this.#start(scene, {
      type: InteractionType.ApplicationCommandAutocomplete,
      name: asking.name,
      data,
    });
  }

  /** A message's context menu; the message comes with it whole, whatever intents the app has. */
  messageMenu(asking: { name: string; message: Ref; user: Ref; sizeLimit?: number }): InteractionRecord {
    const message = this.#message(asking.message);
    const scene = this.#scene({ channel: message.channelId, user: asking.user });
    const command = this.#offered(scene, ApplicationCommandType.Message, asking.name);
    const data = {
      ...reference(command),
      type: ApplicationCommandType.Message as const,
      target_id: message.id,
      resolved: { messages: { [message.id]: this.realm.board.render(message) } },
    };
    const type = InteractionType.ApplicationCommand;
    return this.#start(scene, {
      type,
      name: asking.name,
      data,
      targetMessageId: message.id,
      ...limit(asking),
    });
  }

  userMenu(asking: Asking & { name: string; target: Ref }): InteractionRecord {
    const scene = this.#scene(asking);
    const command = this.#offered(scene, ApplicationCommandType.User, asking.name);
    const target = idOf(asking.target);
    const member = resolvedMember(this.realm.world, scene, target);
    const data = {
      ...reference(command),
      type: ApplicationCommandType.User as const,
      target_id: target,
      resolved: {
        users: { [target]: this.realm.world.person(target).user },
        ...(member ? { members: { [target]: member } } : {}),
      },
    };
    return this.#start(scene, {
      type: InteractionType.ApplicationCommand,
      name: asking.name,
      data,
      ...limit(asking),
    });
  }

  click(message: Ref, customId: string, user: Ref): InteractionRecord {
    return this.#component(message, customId, user, {
      component_type: ComponentType.Button,
      custom_id: customId,
    });
  }

  choose(message: Ref, customId: string, values: string[], user: Ref): InteractionRecord {
    const data = { component_type: ComponentType.StringSelect as const, custom_id: customId, values };
    return this.#component(message, customId, user, data);
  }

  /** Chooses a role or a person. */
  mention(message: Ref, customId: string, chosen: Ref, user: Ref): InteractionRecord {
    const { channelId } = this.#message(message);
    const { world } = this.realm;
    const id = idOf(chosen);
    const scene = this.#scene({ channel: channelId, user });
    return this.#component(message, customId, user, {
      component_type: ComponentType.MentionableSelect,
      custom_id: customId,
      values: [id],
      resolved: resolvedMention(world, scene, id),
    });
  }

  /** Sends the form that the app showed as the answer to `shown`. */
  submit(shown: InteractionRecord, values: Record<string, string>): InteractionRecord {
    const { modal } = shown;
    if (!modal) throw new Error(`Interaction ${shown.name} was not answered with a form.`);
    const scene = this.#scene({ channel: shown.channelId, user: shown.userId });
    const components = [...walk(modal.components as ComponentForm[])].flatMap(([{ type, custom_id: id }]) => {
      if (type !== ComponentType.TextInput || id === undefined) return [];
      return [
        {
          type: ComponentType.ActionRow as const,
          components: [{ type, custom_id: id, value: values[id] ?? '' }],
        },
      ];
    });
    const data: APIModalSubmission = { custom_id: modal.custom_id, components };
    const message = shown.componentMessageId ? this.#message(shown.componentMessageId) : undefined;
    const start: Start = { type: InteractionType.ModalSubmit, name: modal.custom_id, data };
    return this.#start(scene, message ? { ...start, message } : start);
  }

  #component(
    ref: Ref,
    customId: string,
    user: Ref,
    data: APIMessageComponentInteractionData,
  ): InteractionRecord {
    const message = this.#message(ref);
    const parts = [...walk((message.data.components ?? []) as ComponentForm[])].map(([part]) => part);
    const part = parts.find((one) => one.custom_id === customId && one.type === data.component_type);
    const known = parts.flatMap((one) => one.custom_id ?? []).join(', ');
    if (!part)
      throw new Error(`Message ${message.id} has no such component "${customId}"; it has: ${known}.`);
    if (part.disabled) throw new Error(`Component "${customId}" is disabled.`);
    if (
      'values' in data &&
      part.options &&
      !data.values.every((v) => part.options?.some((one) => one.value === v))
    ) {
      throw new Error(`Component "${customId}" offers: ${part.options.map((one) => one.value).join(', ')}.`);
    }
    if (message.visibleTo && message.visibleTo !== idOf(user))
      throw new Error('An ephemeral message has one reader.');
    const scene = this.#scene({ channel: message.channelId, user });
    return this.#start(scene, { type: InteractionType.MessageComponent, name: customId, data, message });
  }

  #start(scene: Scene, start: Start): InteractionRecord {
    const { ids, desk, gateway, board, world } = this.realm;
    const { type, name, data, message, targetMessageId } = start;
    const { channel, guild, person, owners, userInstallOnly } = scene;
    const id = ids.next();
    const { user } = person;
    const metadata = {
      id,
      type,
      user,
      authorizing_integration_owners: owners,
      ...(targetMessageId ? { target_message_id: targetMessageId } : {}),
      ...(message ? { interacted_message_id: message.id } : {}),
    } as NonNullable<APIMessage['interaction_metadata']>;
    const external = !guild || may(world, channel, user.id, PermissionFlagsBits.UseExternalApps);
    const record = desk.open({
      id,
      type,
      name,
      userId: user.id,
      channelId: channel.id,
      locale: person.locale,
      userInstallOnly,
      forcedEphemeral: userInstallOnly && !external,
      metadata,
      ...(guild ? { guildId: guild.id } : {}),
      ...(targetMessageId ? { targetMessageId } : {}),
      ...(message ? { componentMessageId: message.id } : {}),
    });
    const base = interactionBase(world, scene, { id, token: record.token }, start.sizeLimit);
    const shown = message ? { message: board.render(message) } : {};
    gateway.dispatch({
      event: 'INTERACTION_CREATE',
      intents: 0,
      data: () => ({ ...base, type, data, ...shown }),
    });
    return record;
  }

  #scene({ channel, user }: Asking): Scene {
    const { world } = this.realm;
    return sceneOf(world, world.channel(idOf(channel)), world.person(idOf(user)));
  }

  /** @throws Error when the command is not registered, not offered there, or not to this member */
  #offered(scene: Scene, type: ApplicationCommandType, name: string): APIApplicationCommand {
    const { commands, world } = this.realm;
    const command = commands.find(type, name, scene.guild?.id);
    const known = commands.list().map((one) => one.name);
    if (!command)
      throw new Error(`No command "${name}" of type ${type} is registered; there are: ${known.join(', ')}.`);
    if (!isOffered(command, scene.context, Object.keys(scene.owners).map(Number))) {
      throw new Error(`Command "${name}" is not offered in context ${scene.context} for this installation.`);
    }
    const needed = BigInt(command.default_member_permissions ?? 0);
    const has = permissionsIn(world, scene.channel, scene.person.user.id);
    if (scene.guild && (has & needed) !== needed)
      throw new Error(`Command "${name}" is hidden from this member.`);
    return command;
  }

  #message(ref: Ref): StoredMessage {
    const message = this.realm.board.find(idOf(ref));
    if (!message) throw new Error(`There is no message ${idOf(ref)}, or it was deleted.`);
    return message;
  }
}

function reference(command: APIApplicationCommand) {
  const { id, name, guild_id } = command;
  return { id, name, ...(guild_id ? { guild_id } : {}) };
}

function limit({ sizeLimit }: { sizeLimit?: number }) {
  return sizeLimit === undefined ? {} : { sizeLimit };
}
