import { ChatInputCommandInteraction, RepliableInteraction } from 'discord.js';
import { COMMANDS, HARK_COMMANDS } from './command-names';

/** Whether it is this subcommand of `/hark`. */
export function isHarkCommand(
  interaction: RepliableInteraction,
  name: (typeof HARK_COMMANDS)[number],
): interaction is ChatInputCommandInteraction {
  return (
    interaction.isChatInputCommand() &&
    interaction.commandName === COMMANDS.hark &&
    interaction.options.getSubcommand(false) === name
  );
}
