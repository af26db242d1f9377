import {
  ApplicationCommandOptionType as Option,
  ApplicationCommandType as Kind,
  ApplicationIntegrationType,
  InteractionContextType,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { COMMANDS, LISTEN_COMMANDS, LISTEN_OPTIONS as NAMES } from './command-names';

/** `/listen`, for servers in which hark is a member: there is no other way into their voice channels. */
export function listenDefinition(phrasebook: Phrasebook): RESTPostAPIChatInputApplicationCommandsJSONBody {
  const described = (key: string) => ({
    name_localizations: phrasebook.all(`commands.listen.${key}name`),
    description: phrasebook.say(undefined, `commands.listen.${key}description`),
    description_localizations: phrasebook.all(`commands.listen.${key}description`),
  });
  const option = <T extends Option>(name: string, type: T) => ({
    type,
    name,
    ...described(`options.${name}.`),
  });
  const [start, stop] = LISTEN_COMMANDS;
  return {
    type: Kind.ChatInput,
    name: COMMANDS.listen,
    ...described(''),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: Option.Subcommand,
        name: start,
        ...described('start.'),
        options: [
          { ...option(NAMES.language, Option.String), autocomplete: true },
          option(NAMES.translate, Option.Boolean),
        ],
      },
      {
        type: Option.Subcommand,
        name: stop,
        ...described('stop.'),
        options: [
          {
            ...option(NAMES.format, Option.String),
            choices: ['txt', 'srt'].map((value) => ({ name: `.${value}`, value })),
          },
        ],
      },
    ],
  };
}
