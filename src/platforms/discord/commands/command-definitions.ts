import {
  APIApplicationCommandBasicOption,
  APIApplicationCommandSubcommandGroupOption,
  ApplicationCommandOptionType as Option,
  ApplicationCommandType as Kind,
  ApplicationIntegrationType,
  InteractionContextType,
  RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { listenDefinition } from './listen-definition';
import { LONGEST_SEARCH } from '../search/find-id';
import {
  COMMANDS,
  FIND_OPTIONS,
  GLOSSARY,
  GLOSSARY_COMMANDS,
  GLOSSARY_OPTION,
  HARK_COMMANDS,
  MENUS,
  TRANSCRIBE_OPTIONS as NAMES,
} from './command-names';

/** Longest address that Discord takes as an option. */
const LONGEST_LINK = 2_048;

/** Of several terms together. */
const LONGEST_TERMS = 2_000;

type Described = Pick<
  APIApplicationCommandBasicOption,
  'name_localizations' | 'description' | 'description_localizations'
>;

/** Everywhere: in servers, with the bot alone, and where only the member has brought the app along. */
const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};

/**
 * All of hark's commands, in English with the translations that there are.
 *
 * @param voice hark may be brought into voice channels
 */
export function commandDefinitions(
  phrasebook: Phrasebook,
  voice: boolean,
): RESTPostAPIApplicationCommandsJSONBody[] {
  const described = (key: string) => ({
    name_localizations: phrasebook.all(`${key}.name`),
    description: phrasebook.say(undefined, `${key}.description`),
    description_localizations: phrasebook.all(`${key}.description`),
  });
  const option = <T extends Option>(name: string, type: T, command: string = COMMANDS.transcribe) => ({
    type,
    name,
    ...described(`commands.${command}.options.${name}`),
  });
  const options: APIApplicationCommandBasicOption[] = [
    option(NAMES.file, Option.Attachment),
    { ...option(NAMES.link, Option.String), max_length: LONGEST_LINK },
    { ...option(NAMES.language, Option.String), autocomplete: true },
    option(NAMES.translate, Option.Boolean),
    option(NAMES.private, Option.Boolean),
  ];
  const menus = Object.entries(MENUS).map(([key, name]) => ({
    type: Kind.Message as const,
    name,
    name_localizations: phrasebook.all(`commands.menu.${key}`),
    ...EVERYWHERE,
  }));
  return [
    {
      type: Kind.ChatInput,
      name: COMMANDS.transcribe,
      ...described(`commands.${COMMANDS.transcribe}`),
      ...EVERYWHERE,
      options,
    },
    {
      type: Kind.ChatInput,
      name: COMMANDS.hark,
      ...described(`commands.${COMMANDS.hark}`),
      ...EVERYWHERE,
      options: [
        ...HARK_COMMANDS.map((name) => ({
          type: Option.Subcommand as const,
          name,
          ...described(`commands.hark.${name}`),
        })),
        glossaryCommands(described),
      ],
    },
    {
      type: Kind.ChatInput,
      name: COMMANDS.find,
      ...described(`commands.${COMMANDS.find}`),
      ...EVERYWHERE,
      options: [
        {
          ...option(FIND_OPTIONS.words, Option.String, COMMANDS.find),
          required: true,
          max_length: LONGEST_SEARCH,
        },
      ],
    },
    ...(voice ? [listenDefinition(phrasebook)] : []),
    ...menus,
  ];
}

function glossaryCommands(described: (key: string) => Described): APIApplicationCommandSubcommandGroupOption {
  const key = `commands.hark.${GLOSSARY}`;
  const terms: APIApplicationCommandBasicOption = {
    type: Option.String,
    name: GLOSSARY_OPTION,
    ...described(`${key}.${GLOSSARY_OPTION}`),
    required: true,
    max_length: LONGEST_TERMS,
  };
  return {
    type: Option.SubcommandGroup,
    name: GLOSSARY,
    ...described(key),
    options: GLOSSARY_COMMANDS.map((name) => ({
      type: Option.Subcommand,
      name,
      ...described(`${key}.${name}`),
      ...(name !== 'list' && { options: [terms] }),
    })),
  };
}
