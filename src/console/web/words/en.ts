import { enGlossary } from './en-glossary';
import { enKeeping } from './en-keeping';
import { enNotes } from './en-notes';

/** The page's own words. A language is a file like this one. */
export const en = { ...enNotes, ...enKeeping, ...enGlossary };
