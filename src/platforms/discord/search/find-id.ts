import { panelId, partsOf } from '../panels/panel-id';

/** A button's id has room for 100 characters, with the words and the place in the list among them. */
export const LONGEST_SEARCH = 50;

/** What a search's button goes on with. */
export interface NextSearch {
  words: string;
  /** The last job that is shown already. */
  before: string;
}

export function findId({ words, before }: NextSearch): string {
  return panelId('find', before, words);
}

/** Undefined for all other controls. */
export function searchOf(id: string): NextSearch | undefined {
  const [before, ...words] = partsOf('find', id) ?? [];
  return before === undefined ? undefined : { before, words: words.join(':') };
}
