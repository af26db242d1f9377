import { Logger } from '@nestjs/common';
import { Command } from 'commander';
import { openService } from '../app.module';
import { AddCommand, settingsFor } from './command-context';
import { releaseBusyMemory } from './busy-memory';
import { growSlowly, releaseStartMemory } from './start-memory';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** Whoever stops hark waits ten seconds and then kills it. */
const DEADLINE_MS = 9_000;

/** `hark start`: the service, until SIGTERM or SIGINT. */
export const addStart: AddCommand = (program) => {
  program
    .command('start')
    .description('start the service')
    .action(async (_options: object, command: Command) => {
      const settings = settingsFor(command);
      growSlowly();
      const stop = new AbortController();
      for (const signal of SIGNALS) process.once(signal, () => end(stop));
      const service = await openService(settings, stop.signal);
      if (!service) return;
      new Logger('hark').log(`Listening on ${await service.getUrl()}`);
      releaseStartMemory();
      releaseBusyMemory();
    });
};

/** The service ends itself in order. What hangs all the same must not keep it: others take up what was not handed back. */
function end(stop: AbortController): void {
  stop.abort();
  setTimeout(() => {
    process.stderr.write('hark: something did not end in time; the next start takes up what is left.\n');
    process.exit(0);
  }, DEADLINE_MS).unref();
}
