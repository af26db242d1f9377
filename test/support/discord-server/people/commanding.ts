import {
  APIApplicationCommand,
  APIApplicationCommandInteractionData,
  ApplicationCommandType,
  InteractionType,
} from 'discord.js';
import { resolvedMember, Scene } from '../payloads/interaction-payload';
import { Realm } from '../realm';
import { isOffered } from '../state/command-register';
import { InteractionRecord } from '../state/interaction-desk';
import { permissionsIn } from '../state/permissions';
import { idOf, Ref } from '../state/snowflakes';
import { Asking, InteractionOpener } from './interaction-opener';
import { Posting } from './posting';
import { SlashForm, SlashValue } from './slash-options';

/** What users do with the app's commands. Only what Discord would offer them is possible. */
export class Commanding {
  constructor(
    private readonly realm: Realm,
    private readonly posting: Posting,
    private readonly opener: InteractionOpener,
  ) {}

  /** `name` may hold subcommands: `hark settings`. */
  slash(asking: Asking & { name: string; options?: Record<string, SlashValue> }): InteractionRecord {
    const { world, cdn } = this.realm;
    const [name = '', ...path] = asking.name.split(' ');
    const scene = this.opener.scene(asking);
    const command = this.#offered(scene, ApplicationCommandType.ChatInput, name);
    const form = new SlashForm(world, this.posting, (attachment) => cdn.signed(attachment), scene);
    const options = form.fill(command, path, asking.options ?? {});
    const data = {
      ...reference(command),
      type: ApplicationCommandType.ChatInput as const,
      ...(options.length > 0 ? { options } : {}),
      ...(Object.keys(form.resolved).length > 0 ? { resolved: form.resolved } : {}),
    };
    return this.opener.open(scene, {
      type: InteractionType.ApplicationCommand,
      name: asking.name,
      data,
      ...limit(asking),
    });
  }

  /** Types into an option that suggests; what is suggested ends up in the record's `choices`. */
  type(asking: Asking & { name: string; option: string; typed: string }): InteractionRecord {
    const scene = this.opener.scene(asking);
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
    return this.opener.open(scene, {
      type: InteractionType.ApplicationCommandAutocomplete,
      name: asking.name,
      data,
    });
  }

  /** A message's context menu; the message comes with it whole, whatever intents the app has. */
  messageMenu(asking: { name: string; message: Ref; user: Ref; sizeLimit?: number }): InteractionRecord {
    const message = this.opener.message(asking.message);
    const scene = this.opener.scene({ channel: message.channelId, user: asking.user });
    const command = this.#offered(scene, ApplicationCommandType.Message, asking.name);
    const data = {
      ...reference(command),
      type: ApplicationCommandType.Message as const,
      target_id: message.id,
      resolved: { messages: { [message.id]: this.realm.board.render(message) } },
    };
    const type = InteractionType.ApplicationCommand;
    return this.opener.open(scene, {
      type,
      name: asking.name,
      data,
      targetMessageId: message.id,
      ...limit(asking),
    });
  }

  userMenu(asking: Asking & { name: string; target: Ref }): InteractionRecord {
    const scene = this.opener.scene(asking);
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
    return this.opener.open(scene, {
      type: InteractionType.ApplicationCommand,
      name: asking.name,
      data,
      ...limit(asking),
    });
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
}

function reference(command: APIApplicationCommand) {
  const { id, name, guild_id } = command;
  return { id, name, ...(guild_id ? { guild_id } : {}) };
}

function limit({ sizeLimit }: { sizeLimit?: number }) {
  return sizeLimit === undefined ? {} : { sizeLimit };
}
