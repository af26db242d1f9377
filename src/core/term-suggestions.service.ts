import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { glossaryPlaceOf } from './glossary-place';
import { GlossaryPlace, GlossaryStore } from './glossary-store';
import { TranscriptionJob } from './job';
import { PreferenceStore } from './preference-store';
import { suggestedTerms } from './suggested-terms';
import { Segment } from './transcript';
import { Person } from './voice-note';

/** Of one place; nobody looks through more. */
const MOST_SUGGESTIONS = 100;

/** What somebody has just corrected. */
export interface Corrected {
  job: TranscriptionJob;
  /** The segments before. */
  before: readonly Segment[];
}

/** Whether terms were suggested, or there are some and nobody has asked yet whether they may be. */
export type SuggestionOutcome = 'none' | 'suggested' | 'ask';

/**
 * Terms that corrections bring up, for the admins of the place to decide. Only with the consent of whoever corrects, and
 * never from what is confidential.
 */
@Injectable()
export class TermSuggestionsService {
  constructor(
    private readonly glossary: GlossaryStore,
    private readonly preferences: PreferenceStore,
    private readonly clock: Clock,
  ) {}

  async consider(corrected: readonly Corrected[], { id }: Person): Promise<SuggestionOutcome> {
    const found = corrected.flatMap((one) => {
      const place = one.job.confidential ? undefined : glossaryPlaceOf(one.job);
      const terms = place ? suggestedTerms(one.before, one.job.text ?? '') : [];
      return place && terms.length > 0 ? [{ job: one.job, place, terms }] : [];
    });
    const [first] = found;
    if (!first) return 'none';
    const { platform } = first.job;
    const { suggestTerms } = await this.preferences.get({ platform, kind: 'user', id });
    if (suggestTerms === undefined) return 'ask';
    if (!suggestTerms) return 'none';
    for (const { job, place, terms } of found)
      await this.suggest(place, terms, { jobId: job.id, personId: id });
    return 'suggested';
  }

  private suggest(
    place: GlossaryPlace,
    terms: readonly { term: string; insteadOf?: string }[],
    source: { jobId: string; personId: string },
  ): Promise<void> {
    const suggestedAt = this.clock.now();
    const suggestions = terms.map((term) => ({ ...term, place, suggestedAt }));
    return this.glossary.suggest(suggestions, source, MOST_SUGGESTIONS);
  }
}
