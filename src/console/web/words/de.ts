import { deGlossary } from './de-glossary';
import { deKeeping } from './de-keeping';
import { deNotes } from './de-notes';
import type { en } from './en';

export const de: Record<keyof typeof en, string> = { ...deNotes, ...deKeeping, ...deGlossary };
