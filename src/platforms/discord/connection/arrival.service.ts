import { Injectable } from '@nestjs/common';
import { Client, Events, Message } from 'discord.js';
import { CommandRegistrationService } from '../commands/command-registration.service';
import { MissedMessagesService } from '../notes/missed-messages.service';

/** What is done whenever Discord begins to tell hark what happens. */
@Injectable()
export class ArrivalService {
  constructor(
    private readonly commands: CommandRegistrationService,
    private readonly missed: MissedMessagesService,
  ) {}

  /**
   * To be called for every client before it logs in.
   *
   * @param run does work that may fail
   * @param hear takes a message as if it had been posted just now
   */
  prepare(
    client: Client,
    signal: AbortSignal,
    run: (work: () => Promise<void>) => void,
    hear: (message: Message) => Promise<void>,
  ): void {
    client.once(Events.ClientReady, (ready) => run(() => this.commands.register(ready, signal)));
    // Before anything is heard of the new session, which moves on the time of the last thing heard.
    let since = this.missed.since();
    this.missed.watch(client);
    const catchUp = (): void => {
      const from = since;
      if (from && client.isReady()) run(() => this.missed.find(client, from, hear));
    };
    client.once(Events.ClientReady, catchUp);
    // A session that could not be resumed is followed by another one of the same client.
    client.on(Events.ShardReconnecting, () => (since = this.missed.since()));
    client.on(Events.ShardReady, catchUp);
  }
}
