import {
  APIApplicationCommand,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { Snowflakes } from './snowflakes';

/** The commands the app has registered, for everywhere or for one guild. */
export class CommandRegister {
  readonly #scopes = new Map<string, APIApplicationCommand[]>();
  /** Bulk overwrites so far, all scopes together. */
  overwrites = 0;

  constructor(
    private readonly ids: Snowflakes,
    private readonly applicationId: string,
  ) {}

  list(guildId = ''): APIApplicationCommand[] {
    return this.#scopes.get(guildId) ?? [];
  }

  find(type: ApplicationCommandType, name: string, guildId?: string): APIApplicationCommand | undefined {
    const all = [...(guildId ? this.list(guildId) : []), ...this.list()];
    return all.find((command) => command.type === type && command.name === name);
  }

  /** Bulk overwrite: what has the same type and name keeps its id, what is missing is gone. */
  overwrite(bodies: RESTPostAPIApplicationCommandsJSONBody[], guildId = ''): APIApplicationCommand[] {
    const before = this.list(guildId);
    const after = bodies.map((body) => this.#commandOf(body, before, guildId));
    this.#scopes.set(guildId, after);
    this.overwrites += 1;
    return after;
  }

  /** Creates or replaces one. */
  upsert(body: RESTPostAPIApplicationCommandsJSONBody, guildId = ''): APIApplicationCommand {
    const before = this.list(guildId);
    const command = this.#commandOf(body, before, guildId);
    this.#scopes.set(guildId, [...before.filter((one) => one.id !== command.id), command]);
    return command;
  }

  #commandOf(
    body: RESTPostAPIApplicationCommandsJSONBody,
    before: APIApplicationCommand[],
    guildId: string,
  ): APIApplicationCommand {
    const type = body.type ?? ApplicationCommandType.ChatInput;
    const known = before.find((command) => command.type === type && command.name === body.name);
    const everywhere = {
      integration_types: body.integration_types ?? [ApplicationIntegrationType.GuildInstall],
      contexts: body.contexts ?? null,
      dm_permission: body.contexts?.includes(InteractionContextType.BotDM) ?? true,
    };
    return {
      description: '',
      default_member_permissions: null,
      nsfw: false,
      ...(JSON.parse(JSON.stringify(body)) as object),
      id: known?.id ?? this.ids.next(),
      version: this.ids.next(),
      application_id: this.applicationId,
      name: body.name,
      type,
      ...(guildId ? { guild_id: guildId } : everywhere),
    };
  }
}

/** Whether a command shows up in this place for this kind of installation. */
export function isOffered(
  command: APIApplicationCommand,
  context: InteractionContextType,
  owners: ApplicationIntegrationType[],
): boolean {
  if (command.guild_id) return true;
  const installed = command.integration_types?.some((type) => owners.includes(type)) ?? false;
  const contexts = command.contexts ?? [InteractionContextType.Guild, InteractionContextType.BotDM];
  return installed && contexts.includes(context);
}
