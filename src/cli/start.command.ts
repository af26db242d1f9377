import { Logger } from '@nestjs/common';
import { Command } from 'commander';
import { createService } from '../app.module';
import { HarkError } from '../core/errors';
import { AddCommand, settingsFor } from './command-context';

/** `hark start`: the service, until SIGTERM or SIGINT. */
export const addStart: AddCommand = (program) => {
  program
    .command('start')
    .description('start the service')
    .action(async (_options: object, command: Command) => {
      const settings = settingsFor(command);
      const { host, port } = settings;
      const service = await createService(settings);
      try {
        await service.listen(port, host);
      } catch (cause) {
        await service.close();
        const remedy = 'Set HOST and PORT to an address that is free.';
        throw new HarkError('service_unavailable', `hark cannot listen on ${host}:${port}. ${remedy}`, {
          cause,
        });
      }
      new Logger('hark').log(`Listening on ${await service.getUrl()}`);
    });
};
