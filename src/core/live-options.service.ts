import { Injectable } from '@nestjs/common';
import { glossaryPlaceOf } from './glossary-place';
import { glossaryPrompt } from './glossary-prompt';
import { GlossaryStore } from './glossary-store';
import { NoteOptionsService, NotePlace } from './note-options.service';
import { PlatformName, TranscriptionOptions } from './voice-note';

/** Adds the names and terms of a place to what the engine is told. */
export type Informed = (options: TranscriptionOptions) => TranscriptionOptions;

/** What the engine is told of those who speak live: the same as of notes from the same place. */
@Injectable()
export class LiveOptionsService {
  constructor(
    private readonly options: NoteOptionsService,
    private readonly glossary: GlossaryStore,
  ) {}

  /** As the place's glossary is now. */
  async informed(place: { platform: PlatformName; replyTo?: { workspace?: string } }): Promise<Informed> {
    const of = glossaryPlaceOf(place);
    const terms = of ? await this.glossary.terms(of) : [];
    return (options) => {
      const { prompt } = glossaryPrompt(
        terms.map(({ term }) => term),
        options.prompt,
      );
      return { ...options, ...(prompt !== undefined && { prompt }) };
    };
  }

  /** Of one speaker: what was asked for, else what they, their channel or their server have chosen. */
  of(asked: Partial<TranscriptionOptions>, speaker: NotePlace): Promise<TranscriptionOptions> {
    return this.options.complete(asked, speaker);
  }
}
