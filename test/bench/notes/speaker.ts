import { PersonExport } from '../../../src/core/person-export';
import { expectedLanguage, heardOf } from '../../../src/core/heard-language';
import { HarkProcess } from '../../support/hark-process';
import { Variant } from '../bench-options';
import { ComposedNote } from './composed-note';

/** All calls with the admin's token are one speaker's. */
const SPEAKER = '/api/v1/people/api/admin';
const MOST_NOTES = 5;

/**
 * Sees to it that hark knows the speaker's language from notes before, or has never heard of them.
 *
 * @throws Error when it does not learn it
 */
export async function meet(hark: HarkProcess, variant: Variant, { ogg }: ComposedNote): Promise<void> {
  if (variant !== 'known') {
    const { ok, status } = await hark.call(SPEAKER, { method: 'DELETE' });
    if (!ok) throw new Error(`The speaker could not be erased: ${status}`);
    return;
  }
  for (let notes = 0; !(await isKnown(hark)); notes++) {
    if (notes === MOST_NOTES) throw new Error(`hark does not know a speaker after ${notes} notes`);
    await hark.read(ogg);
  }
}

async function isKnown(hark: HarkProcess): Promise<boolean> {
  const { choices } = (await (await hark.call(`${SPEAKER}/export`)).json()) as PersonExport;
  return expectedLanguage(heardOf(choices)) !== undefined;
}
