import { Command } from 'commander';
import { HealthReport } from '../core/health-check';
import { HealthRegistry } from '../core/health.registry';
import { lookingSettings } from '../settings/tool-settings';
import { AddCommand, settingsFor, withApplication } from './command-context';
import { EXIT } from './exit-codes';

const SIGNS: Record<HealthReport['state'], string> = { ok: '✓', warning: '!', broken: '✗', off: '-' };

/** `hark doctor`: a line for each part and how to mend it. */
export const addDoctor: AddCommand = (program, finish) => {
  program
    .command('doctor')
    .description('check every part and say how to mend what is broken')
    .action(async (_options: object, command: Command) => {
      const settings = settingsFor(command);
      process.stdout.write(`${line({ name: 'settings', state: 'ok', detail: 'Every setting is valid.' })}\n`);
      await withApplication(lookingSettings(settings), async (application) => {
        const reports = await application.get(HealthRegistry).report();
        for (const report of reports) process.stdout.write(`${line(report)}\n`);
        if (reports.some(({ state }) => state === 'broken')) finish(EXIT.failed);
      });
    });
};

function line({ name, state, detail, remedy }: HealthReport): string {
  return `${SIGNS[state]} ${name.padEnd(12)} ${detail}${remedy ? `\n${' '.repeat(15)}→ ${remedy}` : ''}`;
}
