import { Injectable } from '@nestjs/common';
import { HarkError } from './errors';
import { Intake, IntakeService } from './intake.service';
import { NoteOptionsService } from './note-options.service';
import { MediaSource, ReplyAddress, TranscriptionOptions, VoiceNote } from './voice-note';

/** What is true of all notes of one ask. */
type Ask = Pick<VoiceNote, 'author' | 'requester' | 'trigger' | 'private' | 'options'> & {
  replyTo: ReplyAddress;
};

/** What was asked, before what was left unsaid is filled in. */
export type OpenAsk = Omit<Ask, 'options'> & { options: Partial<TranscriptionOptions> };

export interface Taken {
  intakes: Intake[];
  /** Why the first of those that were not taken was not. */
  refusal?: HarkError;
}

/** Hands the notes of one ask to the core, each by itself. */
@Injectable()
export class NoteIntakeService {
  constructor(
    private readonly intake: IntakeService,
    private readonly options: NoteOptionsService,
  ) {}

  /** @throws Error when something else than the notes is at fault: asking again may help, and is safe */
  async take(sources: readonly MediaSource[], ask: OpenAsk): Promise<Taken> {
    const options = await this.options.complete(ask.options, { ...ask, platform: ask.replyTo.platform });
    const taken: Taken = { intakes: [] };
    for (const note of notesOf(sources, { ...ask, options })) {
      try {
        taken.intakes.push(await this.intake.submit(note));
      } catch (error) {
        if (!(error instanceof HarkError) || error.retryable) throw error;
        // Its event has come once more; there is nobody to be told.
        if (error.code === 'note_erased') continue;
        taken.refusal ??= error;
      }
    }
    return taken;
  }
}

/** One note for each source, in their order. */
export function notesOf(sources: readonly MediaSource[], ask: Ask): VoiceNote[] {
  return sources.map((source, position) => ({
    ...ask,
    platform: ask.replyTo.platform,
    source,
    position,
    fresh: false,
  }));
}
