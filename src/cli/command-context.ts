import { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Command } from 'commander';
import { AppModule } from '../app.module';
import { loadSettingsAndWarnings } from '../settings/load-settings';
import { Settings } from '../settings/settings';

/** Adds one command to the program; `finish` sets the exit code of a command that ended without an error. */
export type AddCommand = (program: Command, finish: (exitCode: number) => void) => void;

/** The settings that the command's options and environment name; warnings go to stderr. */
export function settingsFor(command: Command): Settings {
  const { envFile } = command.optsWithGlobals<{ envFile?: string }>();
  const { settings, warnings } = loadSettingsAndWarnings(undefined, { envFile });
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  return settings;
}

/** Runs `work` within an application that has no HTTP server, and closes it afterwards, also on Ctrl-C. */
export async function withApplication<T>(
  settings: Settings,
  work: (application: INestApplicationContext, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const abort = (): void => stop.abort(new Error('interrupted'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, abort);
  try {
    const application = await NestFactory.createApplicationContext(AppModule.with(settings), {
      logger: false,
      abortOnError: false,
    });
    try {
      return await work(application, stop.signal);
    } finally {
      await application.close();
    }
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, abort);
  }
}
