import { Injectable } from '@nestjs/common';
import { Policy } from './policy';
import { PreferenceStore } from './preference-store';
import { Summarizer, Summarizers } from './summarizer';
import { Person, PlatformName } from './voice-note';

/** What hark offers to sum up, and who does it for whom. */
@Injectable()
export class SummaryOfferService {
  constructor(
    private readonly summarizers: Summarizers,
    private readonly preferences: PreferenceStore,
    private readonly policy: Policy,
  ) {}

  /** Those that may be chosen, in the admin's order; none: summaries are off. */
  get all(): readonly Summarizer[] {
    return this.policy.feature('summaries') ? this.summarizers.all : [];
  }

  /** Those that people may choose among for themselves; none where the admin has decided. */
  get choices(): readonly Summarizer[] {
    return this.policy.summaries.userChoice && this.all.length > 1 ? this.all : [];
  }

  /** From how many characters on a transcript has a button; undefined: none has. */
  get leastCharacters(): number | undefined {
    return this.all.length > 0 ? this.policy.summaries.leastCharacters : undefined;
  }

  /** Whoever sums up for this user; undefined: summaries are off. */
  async for(platform: PlatformName, { id }: Pick<Person, 'id'>): Promise<Summarizer | undefined> {
    const [first] = this.all;
    if (this.choices.length === 0) return first;
    const { summarizer } = await this.preferences.get({ platform, kind: 'user', id });
    return this.choices.find(({ name }) => name === summarizer) ?? first;
  }
}
