import {
  APIApplicationCommand,
  APIApplicationCommandBasicOption,
  APIApplicationCommandInteractionDataBasicOption,
  APIApplicationCommandInteractionDataOption,
  APIApplicationCommandOption,
  APIInteractionDataResolved,
  ApplicationCommandOptionType as Type,
  InteractionType,
} from 'discord.js';
import { resolvedMember, Scene } from '../payloads/interaction-payload';
import { idOf, Ref } from '../state/snowflakes';
import { World } from '../state/world';
import { PostedFile, Posting } from './posting';

/** A value for an option: what it is follows from the registered command. Files are uploaded with the command. */
export type SlashValue = string | number | boolean | PostedFile | { id: string };

/** Fills in a registered command as Discord's own form does, and refuses what that form would not let through. */
export class SlashForm {
  readonly resolved: APIInteractionDataResolved = {};

  constructor(
    private readonly world: World,
    private readonly posting: Posting,
    private readonly sign: (
      attachment: NonNullable<APIInteractionDataResolved['attachments']>[string],
    ) => typeof attachment,
    private readonly scene: Scene,
  ) {}

  /** @throws Error on unknown or missing options, wrong types, and values that are no choice */
  fill(
    command: APIApplicationCommand,
    path: string[],
    values: Record<string, SlashValue>,
  ): APIApplicationCommandInteractionDataOption<InteractionType.ApplicationCommand>[] {
    const [name, ...deeper] = path;
    return this.#level(`/${command.name}`, command.options ?? [], name, deeper, values);
  }

  #level(
    label: string,
    options: APIApplicationCommandOption[],
    name: string | undefined,
    deeper: string[],
    values: Record<string, SlashValue>,
  ): APIApplicationCommandInteractionDataOption<InteractionType.ApplicationCommand>[] {
    const nested = options.filter((one) => one.type === Type.Subcommand || one.type === Type.SubcommandGroup);
    if (name === undefined) {
      if (nested.length > 0)
        throw new Error(`${label} needs one of: ${nested.map((one) => one.name).join(', ')}.`);
      return this.#basics(label, options as APIApplicationCommandBasicOption[], values);
    }
    const found = nested.find((one) => one.name === name);
    if (!found) throw new Error(`${label} has no subcommand "${name}".`);
    const [next, ...rest] = deeper;
    const inside = this.#level(`${label} ${name}`, found.options ?? [], next, rest, values);
    return [{ name, type: found.type, options: inside } as (typeof inside)[number]];
  }

  #basics(
    label: string,
    options: APIApplicationCommandBasicOption[],
    values: Record<string, SlashValue>,
  ): APIApplicationCommandInteractionDataBasicOption<InteractionType.ApplicationCommand>[] {
    for (const name of Object.keys(values)) {
      if (!options.some((option) => option.name === name))
        throw new Error(`${label} has no option "${name}".`);
    }
    return options.flatMap((option) => {
      const value = values[option.name];
      if (value === undefined) {
        if (option.required) throw new Error(`${label} needs its option "${option.name}".`);
        return [];
      }
      const filled = { name: option.name, type: option.type, value: this.#value(label, option, value) };
      return [filled as APIApplicationCommandInteractionDataBasicOption<InteractionType.ApplicationCommand>];
    });
  }

  #value(
    label: string,
    option: APIApplicationCommandBasicOption,
    value: SlashValue,
  ): string | number | boolean {
    const wrong = () => new Error(`${label}: ${JSON.stringify(value)} does not fit option "${option.name}".`);
    if ('choices' in option && option.choices?.length && !option.choices.some((one) => one.value === value)) {
      throw wrong();
    }
    switch (option.type) {
      case Type.String:
        if (typeof value !== 'string') throw wrong();
        return value;
      case Type.Boolean:
        if (typeof value !== 'boolean') throw wrong();
        return value;
      case Type.Integer:
      case Type.Number:
        if (typeof value !== 'number') throw wrong();
        return value;
      case Type.Attachment:
        if (typeof value !== 'object' || !('bytes' in value)) throw wrong();
        return this.#upload(value);
      default:
        if (
          typeof value === 'number' ||
          typeof value === 'boolean' ||
          (typeof value === 'object' && !('id' in value))
        ) {
          throw wrong();
        }
        return this.#entity(option.type, value);
    }
  }

  #upload(file: PostedFile): string {
    const attachment = this.posting.attach(file, this.world.application.id, true);
    (this.resolved.attachments ??= {})[attachment.id] = this.sign(attachment);
    return attachment.id;
  }

  #entity(type: Type, ref: Ref): string {
    const id = idOf(ref);
    const role = this.scene.guild?.data.roles.find((one) => one.id === id);
    if (type === Type.Channel) {
      const channel = this.world.channel(id);
      (this.resolved.channels ??= {})[id] = { ...channel, permissions: '0' };
    } else if (role) {
      (this.resolved.roles ??= {})[id] = role;
    } else {
      (this.resolved.users ??= {})[id] = this.world.person(id).user;
      const member = resolvedMember(this.world, this.scene, id);
      if (member) (this.resolved.members ??= {})[id] = member;
    }
    return id;
  }
}
