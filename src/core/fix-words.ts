import { Answer } from './answer';
import { FixOutcome } from './fix-desk.service';
import { FixField } from './fix-form';
import { Phrasebook } from './phrasebook';

/** What there is to say after a form was filled in; and what it asks next. */
export function fixSentence(
  { changed, suggestions, private: hidden }: FixOutcome,
  phrasebook: Phrasebook,
  locale: string | undefined,
): string {
  const done = hidden ? 'fix.donePrivate' : 'fix.done';
  const lines = [phrasebook.say(locale, changed ? done : 'fix.unchanged')];
  if (suggestions === 'suggested') lines.push(phrasebook.say(locale, 'fix.suggested'));
  if (suggestions === 'ask') lines.push('', phrasebook.say(locale, 'fix.ask'));
  return lines.join('\n');
}

/** What a field of the form is called: which recording it is of, and from when on. */
export function fixLabel(
  { jobId, start }: FixField,
  fields: readonly FixField[],
  { parts }: Answer,
  phrasebook: Phrasebook,
  locale: string | undefined,
): string {
  if (fields.length === 1) return phrasebook.say(locale, 'fix.text');
  const job = parts.find((part) => part.job.id === jobId)?.job;
  const from = phrasebook.say(locale, 'fix.textFrom', { time: clockTime(start) });
  if (!job || parts.length === 1) return from;
  return `${phrasebook.say(locale, 'answer.part', { n: job.position + 1, of: parts.length })} · ${from}`;
}

function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
