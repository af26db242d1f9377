import { Injectable } from '@nestjs/common';
import { Answer } from './answer';
import { isPrivate } from './answer-outlets';
import { CorrectionService, outdated } from './correction.service';
import { FixForm, FormLimits, fixForm, partsToFix } from './fix-form';
import { JobStore } from './job-store';
import { PrivacyService } from './privacy.service';
import { Corrected, SuggestionOutcome, TermSuggestionsService } from './term-suggestions.service';
import { CorrectedBy } from './transcript';
import { TranscriptionJob } from './job';
import { Person } from './voice-note';

/** What came of a form: what the platform says, and whether it asks. */
export interface FixOutcome {
  changed: boolean;
  /** Nobody else sees the answer. */
  private: boolean;
  suggestions: SuggestionOutcome;
}

/** *Fix* under an answer, on every platform. */
@Injectable()
export class FixDeskService {
  constructor(
    private readonly corrections: CorrectionService,
    private readonly suggestions: TermSuggestionsService,
    private readonly jobs: JobStore,
    private readonly privacy: PrivacyService,
  ) {}

  /** @throws HarkError `fix_not_allowed` or `fix_too_long` */
  open(answer: Answer, person: Person, limits: FormLimits): FixForm {
    return fixForm(answer, person, limits);
  }

  /**
   * The form as it was filled in. A recording of which all fields are empty goes back to what was heard.
   *
   * @param texts one for each field
   * @throws HarkError as `open`, and `fix_outdated` when a text has changed since
   */
  async submit(
    answer: Answer,
    person: Person,
    filled: { stamp: string; texts: readonly string[] },
    limits: FormLimits,
  ): Promise<FixOutcome> {
    const { fields, stamp } = fixForm(answer, person, limits);
    if (stamp !== filled.stamp || fields.length !== filled.texts.length) throw outdated();
    const written = fields.map((field, index) => ({ ...field, text: filled.texts[index] ?? '' }));
    const changed: Corrected[] = [];
    let restored = false;
    for (const { job, transcript } of partsToFix(answer, person)) {
      const own = written.filter(({ jobId }) => jobId === job.id);
      if (own.every(({ text }) => text.trim() === '')) {
        restored = (await this.corrections.restore(job.id)) !== undefined || restored;
        continue;
      }
      const better = await this.corrections.correct(job.id, transcript, own, roleOf(job, person));
      if (better) changed.push({ job: better, before: transcript.segments });
    }
    return {
      changed: restored || changed.length > 0,
      private: isPrivate(answer),
      suggestions: await this.suggestions.consider(changed, person),
    };
  }

  /** Whether one's corrections may suggest terms, those of this answer among them. */
  async consent(answer: Answer, person: Person, agrees: boolean): Promise<void> {
    await this.privacy.choose(answer.address.platform, person, { suggestTerms: agrees });
    if (!agrees) return;
    const corrected: Corrected[] = [];
    for (const { job } of partsToFix(answer, person)) {
      const heard = job.corrected && (await this.jobs.transcript(job.id, 'heard'));
      if (heard) corrected.push({ job, before: heard.segments });
    }
    await this.suggestions.consider(corrected, person);
  }
}

function roleOf({ author }: TranscriptionJob, { id }: Person): CorrectedBy {
  return author.id === id ? 'author' : 'asker';
}
