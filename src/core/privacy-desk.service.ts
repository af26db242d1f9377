import { Injectable } from '@nestjs/common';
import { MenuWords } from './menu-words';
import { Phrasebook } from './phrasebook';
import { ExportFile, PersonExportService } from './person-export.service';
import { PrivacyFactsService } from './privacy-facts.service';
import { PRIVACY_CHANGES, PrivacyAction, PrivacyView, languageChange, privacyView } from './privacy-view';
import { PrivacyService } from './privacy.service';
import { ReplyTurns } from './reply-turns';
import { Person, PlatformName } from './voice-note';

/** What somebody wants done with their own voice: one of the two. */
export interface PrivacyWish {
  action?: PrivacyAction;
  /** Of their own notes: a code or `auto`. */
  language?: string;
  /** Name of who is to sum up for them. */
  summarizer?: string;
}

/** Where people see and change what may be done with their voice, on every platform. */
@Injectable()
export class PrivacyDeskService {
  /** Whoever cannot wait gets the same thing several times, one after the other. */
  private readonly turns = new ReplyTurns();

  constructor(
    private readonly privacy: PrivacyService,
    private readonly facts: PrivacyFactsService,
    private readonly exports: PersonExportService,
    private readonly phrasebook: Phrasebook,
  ) {}

  /** What there is to say about what was done; undefined when nothing was. */
  async act(
    platform: PlatformName,
    person: Person,
    { action, language, summarizer }: PrivacyWish,
    locale: string | undefined,
  ): Promise<string | undefined> {
    if (action === 'erase-now') {
      const count = await this.privacy.eraseMine(platform, person);
      const key = count > 0 ? 'consent.erased' : 'consent.erasedNone';
      return this.phrasebook.say(locale, key, { count });
    }
    const change =
      summarizer !== undefined
        ? { summarizer }
        : language === undefined
          ? action && PRIVACY_CHANGES[action]
          : languageChange(language);
    if (!change) return undefined;
    await this.privacy.choose(platform, person, change);
    return this.phrasebook.say(locale, 'consent.saved');
  }

  /** All that is stored of the person, as files of at most so many bytes each. */
  async export(platform: PlatformName, person: Person, mostBytes: number): Promise<ExportFile[]> {
    return this.turns.take(`${platform} ${person.id}`, () =>
      this.exports.files(platform, person.id, mostBytes),
    );
  }

  async view(
    platform: PlatformName,
    person: Person,
    words: Pick<MenuWords, 'locale' | 'mostChoices'>,
  ): Promise<PrivacyView> {
    const choices = await this.privacy.choices(platform, person);
    const facts = await this.facts.of(platform, person);
    return privacyView(choices, facts, { ...words, phrasebook: this.phrasebook });
  }
}
