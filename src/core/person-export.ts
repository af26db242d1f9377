import { TermSuggestion } from './glossary-store';
import { JobStatus, MediaInfo, TranscriptionJob } from './job';
import { UsageEntry } from './job-store';
import { Preferences } from './preference-store';
import { MonthlyUse } from './summary-store';
import { Summary } from './summary';
import { Transcript } from './transcript';
import { MediaSource, Person, PlatformName, TranscriptionOptions } from './voice-note';

/** All that hark has stored of one person, in a form that people and programs can read. */
export interface PersonExport {
  person: { platform: PlatformName; id: string };
  exportedAt: Date;
  /** What they chose, what was decided for them, and the language that their notes were heard in. */
  choices: Preferences;
  /** What they asked for within the last day, as far as limits count it. */
  use: UsageEntry[];
  /** Terms that their corrections suggest, which nobody has decided upon yet. */
  suggestedTerms: TermSuggestion[];
  /** Tokens that summaries they asked for have cost, by month. */
  summaries: MonthlyUse[];
  /** What they spoke or asked for, newest first. */
  recordings: ExportedRecording[];
}

export interface ExportedRecording {
  id: string;
  youSpoke: boolean;
  youAsked: boolean;
  status: JobStatus;
  createdAt: Date;
  finishedAt?: Date;
  /** This and the next: only of what they asked for themselves. */
  private?: boolean;
  askedBy?: Person;
  spokenBy: Person;
  /** Where it stands; only of what they asked for themselves. */
  place?: { workspace?: string; channel?: string; message?: string };
  source: Record<string, unknown>;
  options: TranscriptionOptions;
  media: MediaInfo;
  language?: string;
  outcome?: string;
  transcript?: Pick<Transcript, 'text' | 'language' | 'madeBy' | 'segments' | 'corrected'>;
  /** What a small model heard, while the other one has not listened yet. */
  draft?: string;
  /** What the engine gave before somebody corrected it. */
  heard?: string;
  /** Whoever asked for them: they are made of these words. */
  summaries?: Pick<Summary, 'text' | 'way' | 'madeBy' | 'createdAt'>[];
  error?: { code: string; message: string };
}

/**
 * One recording as its speaker or asker may have it. Those who asked get what they have read. Speakers get their own
 * words, whoever asked for them: but neither who that was nor where, and nothing by which asking in private or in a
 * direct message looks different from asking openly.
 */
export function exportedRecording(
  job: TranscriptionJob,
  {
    transcript,
    heard,
    summaries = [],
  }: { transcript?: Transcript; heard?: Transcript; summaries?: readonly Summary[] },
  person: string,
): ExportedRecording {
  const { author, requester, error, replyTo } = job;
  const own = requester.id === person;
  return {
    id: job.id,
    youSpoke: author.id === person,
    youAsked: own,
    status: job.status,
    createdAt: job.createdAt,
    ...(job.finishedAt && { finishedAt: job.finishedAt }),
    ...(own && { private: job.private, askedBy: requester }),
    spokenBy: author,
    ...(own && replyTo && { place: placeOf(replyTo) }),
    source: sourceOf(job.source),
    options: own ? job.options : { language: job.options.language, translate: job.options.translate },
    media: job.media,
    ...(job.language !== undefined && { language: job.language }),
    ...(job.outcome !== undefined && { outcome: job.outcome }),
    ...(transcript && { transcript: wordsOf(transcript) }),
    ...(job.draft && { draft: job.draft.transcript.text }),
    ...(summaries.length > 0 && { summaries: summaries.map(partsOf) }),
    ...(transcript?.corrected && heard && { heard: heard.text }),
    ...(error && { error: { code: error.code, message: error.message } }),
  };
}

function placeOf({
  workspace,
  channel,
  message,
}: NonNullable<TranscriptionJob['replyTo']>): ExportedRecording['place'] {
  return { workspace, channel, message };
}

/** Without addresses and keys that open something. */
function sourceOf(source: MediaSource): Record<string, unknown> {
  if (source.kind === 'link') return { kind: 'link', url: source.url };
  const { kind, name, mimeType, bytes } = source;
  return { kind, name, mimeType, bytes };
}

function wordsOf({
  text,
  language,
  madeBy,
  segments,
  corrected,
}: Transcript): ExportedRecording['transcript'] {
  return { text, language, madeBy, segments, ...(corrected && { corrected }) };
}

function partsOf({
  text,
  way,
  madeBy,
  createdAt,
}: Summary): NonNullable<ExportedRecording['summaries']>[number] {
  return { text, way, madeBy, createdAt };
}
