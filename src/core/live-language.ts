import { Segment, mainLanguage } from './transcript';
import { TranscriptionOptions } from './voice-note';

/** So much has to be heard before the language is taken for known: a single word is taken for any. */
const ENOUGH_SECONDS = 6;

/** Finding the language out costs a pass of the encoder for every utterance: what was found holds once it is certain. */
export class LiveLanguage {
  private readonly found: Segment[] = [];
  private seconds = 0;

  constructor(private readonly options: TranscriptionOptions) {}

  get told(): TranscriptionOptions {
    const { options } = this;
    if (options.language !== 'auto' || this.seconds < ENOUGH_SECONDS) return options;
    return { ...options, language: mainLanguage(this.found) ?? 'auto' };
  }

  hear(segments: readonly Segment[]): void {
    if (this.seconds >= ENOUGH_SECONDS) return;
    for (const { start, end, language } of segments) {
      if (language === undefined) continue;
      this.found.push({ start, end, language, text: '', confidence: 1 });
      this.seconds += end - start;
    }
  }
}
