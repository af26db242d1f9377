import { Variant } from '../bench-options';

/** What a note is submitted with, so that its speaker's language is known to hark or has to be detected. */
export function fieldsOf(variant: Variant): Record<string, string> {
  return variant === 'known' ? { language: 'en' } : {};
}
