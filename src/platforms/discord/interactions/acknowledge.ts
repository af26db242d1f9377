import {
  DiscordAPIError,
  MessageComponentInteraction,
  MessageFlags,
  RepliableInteraction,
  RESTJSONErrorCodes as Codes,
} from 'discord.js';

/**
 * How an interaction is answered at first, before anything is known: with a new "thinking…" that all or only the asker
 * see, or by nothing new, because the message with the button or menu will change. `form`: not at all, because the answer is
 * a form, which Discord takes as the first answer only.
 */
export type Acknowledgement = 'public' | 'private' | 'update' | 'form';

/**
 * Takes the interaction: from now on the user sees that hark is at it.
 *
 * @throws Error when Discord does not hear of it in time
 */
export async function acknowledge(interaction: RepliableInteraction, how: Acknowledgement): Promise<void> {
  if (how === 'form') return;
  try {
    if (how === 'update') await (interaction as MessageComponentInteraction).deferUpdate();
    else await interaction.deferReply(how === 'private' ? { flags: MessageFlags.Ephemeral } : {});
  } catch (error) {
    // The answer to the first try was lost, or the event has come twice: either way Discord knows.
    if (!isKnownAlready(error)) throw error;
    interaction.deferred = true;
    interaction.ephemeral = how === 'private';
  }
}

function isKnownAlready(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === Codes.InteractionHasAlreadyBeenAcknowledged;
}
