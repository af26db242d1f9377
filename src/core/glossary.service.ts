import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from './audit.service';
import { Clock } from './clock';
import { HarkError } from './errors';
import { glossaryPlaceOf } from './glossary-place';
import { glossaryPrompt } from './glossary-prompt';
import { GlossaryPlace, GlossaryStore, GlossaryTerm } from './glossary-store';
import { MOST_TERMS, termsIn } from './glossary-term';
import { TranscriptionJob } from './job';
import { Person } from './voice-note';

export interface GlossaryList {
  /** Newest first. `used`: the engine has room for it. */
  terms: (GlossaryTerm & { used: boolean })[];
  /** What somebody's corrections brought up, newest first. */
  suggestions: { term: string; insteadOf?: string; suggestedAt: Date }[];
}

/** The names and terms that the engine is to expect in a place. Who may change them the caller has looked at. */
@Injectable()
export class GlossaryService {
  constructor(
    private readonly store: GlossaryStore,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async list(place: GlossaryPlace): Promise<GlossaryList> {
    const terms = await this.store.terms(place);
    const used = new Set(glossaryPrompt(terms.map(({ term }) => term)).used);
    const suggestions = await this.store.suggestions(place);
    return {
      terms: terms.map((each) => ({ ...each, used: used.has(each.term) })),
      suggestions: suggestions.map(({ place: _, ...each }) => each),
    };
  }

  /**
   * @param typed one, or several with commas between them
   * @param by who does it in chat; calls of the API are written down by themselves
   * @throws HarkError `term_invalid` or `glossary_full`
   */
  async add(place: GlossaryPlace, typed: string, by?: Person): Promise<string[]> {
    const terms = termsIn(typed);
    if (!(await this.store.add(place, terms, this.clock.now(), MOST_TERMS)))
      throw new HarkError('glossary_full', `A glossary has room for ${MOST_TERMS} terms.`, {
        params: { most: MOST_TERMS },
      });
    await this.record(place, by, 'add');
    return terms;
  }

  /** How many of them were there. @throws HarkError `term_invalid` */
  async remove(place: GlossaryPlace, typed: string, by?: Person): Promise<number> {
    const count = await this.store.remove(place, termsIn(typed));
    if (count > 0) await this.record(place, by, 'remove');
    return count;
  }

  /** What was suggested is not wanted. */
  async dismiss(place: GlossaryPlace, term: string, by?: Person): Promise<boolean> {
    const dismissed = await this.store.dismiss(place, term);
    if (dismissed) await this.record(place, by, 'dismiss');
    return dismissed;
  }

  /** The same job with what its place's terms say to the engine. */
  async informed(job: TranscriptionJob): Promise<TranscriptionJob> {
    const place = glossaryPlaceOf(job);
    const terms = place ? await this.store.terms(place) : [];
    const own = job.options.prompt;
    const { prompt, used } = glossaryPrompt(
      terms.map(({ term }) => term),
      own,
    );
    if (used.length === 0) return { ...job, glossaryKey: undefined };
    const glossaryKey = createHash('sha256').update(JSON.stringify(used)).digest('base64url');
    return { ...job, glossaryKey, options: { ...job.options, prompt } };
  }

  private async record(place: GlossaryPlace, by: Person | undefined, detail: string): Promise<void> {
    if (!by) return;
    await this.audit.record({
      actor: `${place.platform}:${by.id}`,
      action: 'glossary.change',
      target: `${place.platform}:server:${place.id}`,
      detail,
      outcome: 'done',
    });
  }
}
