import { PlatformName } from './voice-note';

/** Whose glossary: a Discord server, a Slack workspace, or `api`, the place of all that comes by the API. */
export interface GlossaryPlace {
  platform: PlatformName;
  id: string;
}

export interface GlossaryTerm {
  term: string;
  addedAt: Date;
}

/** A term that somebody's correction brought up. Nobody's glossary holds it before an admin of the place says so. */
export interface TermSuggestion {
  place: GlossaryPlace;
  term: string;
  /** What had been heard there. */
  insteadOf?: string;
  suggestedAt: Date;
}

/** Where a suggestion comes from: it goes with the note, with the person's data, and with their consent. */
export interface SuggestionSource {
  jobId: string;
  personId: string;
}

/** Names and terms of places, and what is suggested for them. */
export abstract class GlossaryStore {
  /** Newest first. */
  abstract terms(place: GlossaryPlace): Promise<GlossaryTerm[]>;
  /**
   * A term that is there already takes the new spelling, and counts as new. Suggestions of the same go.
   *
   * @param most that the place may have; nothing is stored beyond it
   * @returns false when they would become too many
   */
  abstract add(place: GlossaryPlace, terms: readonly string[], now: Date, most: number): Promise<boolean>;
  /** How many of them were there. */
  abstract remove(place: GlossaryPlace, terms: readonly string[]): Promise<number>;
  /** The place is gone: its terms and all that was suggested for it. */
  abstract erase(place: GlossaryPlace): Promise<void>;
  /** Places that have terms or suggestions, with the number of each. */
  abstract places(limit: number): Promise<(GlossaryPlace & { terms: number; suggestions: number })[]>;

  /** What is suggested or in the glossary already changes nothing. The oldest go where there are more than `most`. */
  abstract suggest(
    suggestions: readonly TermSuggestion[],
    source: SuggestionSource,
    most: number,
  ): Promise<void>;
  /** Newest first. */
  abstract suggestions(place: GlossaryPlace): Promise<TermSuggestion[]>;
  /** It is not wanted. False when nobody suggests it. */
  abstract dismiss(place: GlossaryPlace, term: string): Promise<boolean>;
  /** All of somebody's suggestions that nobody has accepted yet. */
  abstract suggestedBy(platform: PlatformName, personId: string): Promise<TermSuggestion[]>;
  abstract forgetSuggestionsOf(platform: PlatformName, personId: string): Promise<void>;
}
