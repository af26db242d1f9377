import { AnswerPart } from './answer';
import { clockTime } from './clock-time';
import { Doubts, doubtsOf } from './doubts';
import { languageName } from './languages';
import { Phrasebook } from './phrasebook';

/** What is shown of one note. `text` is what somebody said: untrusted. The other lines are hark's own words. */
export interface PartText {
  /** Set where a message holds several notes. */
  heading?: string;
  text: string;
  /** The same, with marks around the words that may be wrong. */
  marked: string;
  /** How far it is, why there is no text, or how long the note was and how it was read. */
  remark: string;
  unfinished: boolean;
}

const HELD_UP = { person: 'answer.heldUpByOwn', place: 'answer.heldUpByPlace' } as const;

const CORRECTED = {
  author: 'answer.correctedByAuthor',
  asker: 'answer.correctedByAsker',
  admin: 'answer.correctedByAdmin',
} as const;

/** What there is to say about one note at present. */
export function partText(
  part: AnswerPart,
  of: number,
  phrasebook: Phrasebook,
  locale: string | undefined,
): PartText {
  const { job } = part;
  const unfinished = job.status === 'queued' || job.status === 'running';
  const draft = unfinished ? job.draft?.transcript : undefined;
  const transcript = draft ?? part.transcript;
  const say = (key: string, params?: Record<string, string | number>): string =>
    phrasebook.say(locale, key, params);
  const shown = job.status === 'failed' && !job.text ? '' : (transcript?.text ?? job.text ?? '');
  const text = shown.trim();
  const { marked, extent } = doubtsOf({ segments: [], ...transcript, text });
  const remark = draft ? say('answer.draft') : remarkOf(part, phrasebook, locale);
  return {
    heading: of > 1 ? say('answer.part', { n: job.position + 1, of }) : undefined,
    text,
    marked,
    remark: [remark, ...(unfinished ? [] : doubtRemark(extent, say))].join('\n'),
    unfinished,
  };
}

function doubtRemark(extent: Doubts['extent'], say: (key: string) => string): string[] {
  if (extent === 'none') return [];
  return [say(extent === 'whole' ? 'answer.doubtful' : 'answer.doubtfulWords')];
}

function remarkOf(
  { job, transcript, heldUpBy }: AnswerPart,
  phrasebook: Phrasebook,
  locale: string | undefined,
): string {
  switch (job.status) {
    case 'queued':
      if (job.error?.code === 'engine_unavailable') return phrasebook.say(locale, 'answer.engineAway');
      if (heldUpBy) return phrasebook.say(locale, HELD_UP[heldUpBy.of], { count: heldUpBy.limit });
      return phrasebook.say(locale, job.attempts > 0 ? 'answer.tryingAgain' : 'answer.listening');
    case 'running':
      return job.progress > 0
        ? phrasebook.say(locale, 'answer.progress', { percent: Math.floor(job.progress * 100) })
        : phrasebook.say(locale, 'answer.listening');
    case 'cancelled':
      return phrasebook.say(locale, 'answer.cancelled');
    case 'failed':
      return job.error ? phrasebook.error(locale, job.error) : phrasebook.say(locale, 'answer.failed');
    default:
      if (job.outcome === 'no_speech') return phrasebook.say(locale, 'answer.noSpeech');
      if (job.outcome === 'music') return phrasebook.say(locale, 'answer.music');
      return footer({ job, transcript }, phrasebook, locale);
  }
}

function footer({ job, transcript }: AnswerPart, phrasebook: Phrasebook, locale: string | undefined): string {
  const language = transcript?.languageDetected ? transcript.language : undefined;
  return [
    // No recording is shown as of no length.
    clockTime(Math.max(1, Math.round(transcript?.seconds ?? job.media.seconds ?? 0))),
    language && languageName(language, locale),
    job.options.translate && phrasebook.say(locale, 'answer.translated'),
    transcript?.madeBy,
    transcript?.corrected && phrasebook.say(locale, CORRECTED[transcript.corrected.by]),
  ]
    .filter(Boolean)
    .join(' · ');
}
