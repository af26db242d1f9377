import { RepliableInteraction } from 'discord.js';
import { Acknowledgement } from './acknowledge';
import { InteractionResponse } from './interaction.response';

/** Does what one kind of command, button or menu asks for. */
export abstract class InteractionHandler<I extends RepliableInteraction = RepliableInteraction> {
  abstract takes(interaction: RepliableInteraction): interaction is I;
  /** Decided without waiting for anything: Discord gives three seconds. */
  abstract acknowledgement(interaction: I): Acknowledgement;
  /** @throws HarkError whose sentence the user is told */
  abstract handle(interaction: I, response: InteractionResponse): Promise<void>;
  /** Whether it can be done although Discord takes no response any more. */
  readonly worksLate: boolean = false;
}

/** All handlers there are. */
export class InteractionHandlers {
  constructor(private readonly handlers: readonly InteractionHandler[]) {}

  for(interaction: RepliableInteraction): InteractionHandler | undefined {
    return this.handlers.find((handler) => handler.takes(interaction));
  }
}
