import { Command, CommanderError } from 'commander';
import { HarkError } from '../core/errors';
import { SettingsError } from '../settings/settings-error';
import { addDoctor } from './doctor.command';
import { EXIT, exitCodeOf } from './exit-codes';
import { addModels } from './models.command';
import { addStart } from './start.command';
import { addTranscribe } from './transcribe.command';

/** The `hark` command. Resolves to the exit code; what a person should read of an error is on stderr by then. */
export async function runProgram(argv: string[]): Promise<number> {
  let code: number = EXIT.done;
  const finish = (exitCode: number): void => {
    code = exitCode;
  };
  const program = new Command('hark')
    .description('Turns voice notes into text: on Discord, on Slack, over HTTP and here.')
    .option('--env-file <file>', 'read settings from this file instead of .env')
    .exitOverride()
    .showHelpAfterError('Add --help to see how the command is used.');
  for (const add of [addStart, addTranscribe, addModels, addDoctor]) add(program, finish);
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    process.stderr.write(`${sentenceOf(error)}\n`);
    return exitCodeOf(error);
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof HarkError || error instanceof SettingsError) return error.userMessage;
  return `hark failed: ${error instanceof Error ? error.message : String(error)}`;
}
