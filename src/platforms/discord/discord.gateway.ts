import { Injectable, Logger, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Client, Events, Message } from 'discord.js';
import { GoneNotesService } from '../../core/gone-notes.service';
import { Interruption } from '../../core/interruption';
import { ReplyTurns } from '../../core/reply-turns';
import { ArrivalService } from './connection/arrival.service';
import { DiscordClient } from './discord.client';
import { InteractionRouter } from './interactions/interaction.router';
import { watchDisappearances } from './life/disappearances';
import { Hearing, HeardMessagesService } from './notes/heard-messages.service';
import { patience } from '../patience';

/** Hears what happens in Discord and hands it on. */
@Injectable()
export class DiscordGateway implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(DiscordGateway.name);
  private readonly stop = new AbortController();
  private readonly inHand = new Set<Promise<void>>();
  /** A note that is deleted at once must not be taken in after it was forgotten. */
  private readonly turns = new ReplyTurns();

  constructor(
    private readonly discord: DiscordClient,
    private readonly heard: HeardMessagesService,
    private readonly interactions: InteractionRouter,
    private readonly gone: GoneNotesService,
    private readonly arrival: ArrivalService,
  ) {}

  onModuleInit(): void {
    this.discord.wire((client, term) => this.listen(client, AbortSignal.any([this.stop.signal, term])));
  }

  /** What was begun is brought to its end while there still is a database. */
  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    await Promise.all(this.inHand);
  }

  private listen(client: Client, signal: AbortSignal): void {
    const run: Hearing['run'] = (work) => this.run(work);
    // Notes of one author in one channel are taken in in their order.
    const inTurn: Hearing['inTurn'] = ({ id, channelId, author }, work) =>
      run(() => this.turns.take(id, () => this.turns.take(`${channelId} ${author.id}`, work)));
    const hear = (message: Message): Promise<void> => this.heard.hear(message, { signal, inTurn, run });
    client.on(Events.MessageCreate, (message) => void hear(message));
    client.on(Events.InteractionCreate, (interaction) => void run(() => this.interactions.take(interaction)));
    this.arrival.prepare(client, signal, (work) => void run(work), hear);
    watchDisappearances(
      client,
      this.gone,
      (messageId) => this.heard.forget(messageId),
      (about, work) => void run(() => this.turns.take(about, () => patience.execute(work, this.stop.signal))),
    );
  }

  /** Never rejects. */
  private run(work: () => Promise<void>): Promise<void> {
    const done = this.discord
      .confirm()
      .then(work)
      .catch((error: unknown) => {
        // Whoever leads now has heard it, too.
        if (!(error instanceof Interruption))
          this.logger.error({ err: error, msg: 'Something from Discord was not handled' });
      })
      .finally(() => this.inHand.delete(done));
    this.inHand.add(done);
    return done;
  }
}
