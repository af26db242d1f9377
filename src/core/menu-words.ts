import { Phrasebook } from './phrasebook';

/** Something to choose from a menu. */
export interface Choice {
  label: string;
  value: string;
}

/** In which words a menu speaks, and how long it may be. */
export interface MenuWords {
  phrasebook: Phrasebook;
  locale: string;
  /** The most that the platform shows. */
  mostChoices: number;
}
