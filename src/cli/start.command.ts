import { Logger } from '@nestjs/common';
import { Command } from 'commander';
import { createService } from '../app.module';
import { AddCommand, settingsFor } from './command-context';

/** `hark start`: the service, until SIGTERM or SIGINT. */
export const addStart: AddCommand = (program) => {
  program
    .command('start')
    .description('start the service')
    .action(async (_options: object, command: Command) => {
      const settings = settingsFor(command);
      const service = await createService(settings);
      await service.listen(settings.port, settings.host);
      new Logger('hark').log(`Listening on ${await service.getUrl()}`);
    });
};
