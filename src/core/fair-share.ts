import { TranscriptionJob } from './job';
import { ReadyRules } from './job-store';
import { Policy } from './policy';
import { MediaSource } from './voice-note';

/** Up to here a note is short: it never waits for the end of a long one. */
export const SHORT_SECONDS = 120;

/** What a note of unknown length is taken for when it is ranked. It counts as short for as long as its sound comes. */
const UNKNOWN_SECONDS = 60;

/** What a note is taken for whose sound does not come: it keeps a slot busy for as long as a recording of this length. */
export const SLOW_SECONDS = 600;

/** Whoever has had no turn for so long has no further advantage over others. */
export const TURN_HORIZON_MS = 3_600_000;

/** The priority of jobs of which there is a draft: behind everything else. */
export const DRAFTED = -1_000;

/** For so long improving a draft gives way to every note; after that it takes its turn with them. */
export const DRAFT_PATIENCE_MS = 300_000;

/** Bytes in a second, of kinds of files as they are usually made. */
const BYTE_RATES: readonly [kind: RegExp, bytesPerSecond: number][] = [
  [/video|\.(mp4|mov|mkv|webm|avi|m4v)$/i, 100_000],
  [/wav|aiff|pcm|\.(wav|aiff?)$/i, 64_000],
  [/flac|\.flac$/i, 40_000],
  [/ogg|opus|\.(ogg|oga|opus)$/i, 4_000],
];
const OTHER_BYTE_RATE = 12_000;

/**
 * How long a recording probably is, in seconds, before it is decoded: what its sender's client says, or else what its
 * size suggests. Undefined when there is nothing to go by. Only the order of waiting hangs on it.
 */
export function probableSeconds(source: MediaSource): number | undefined {
  if (source.kind === 'link') return undefined;
  if (source.kind === 'attachment' && source.seconds !== undefined) return source.seconds;
  if (source.bytes === undefined) return undefined;
  const { mimeType = '', name = '' } = source;
  const rate = BYTE_RATES.find(([kind]) => kind.test(mimeType) || kind.test(name))?.[1] ?? OTHER_BYTE_RATE;
  return source.bytes / rate;
}

export function isLengthy(seconds: number | undefined): boolean {
  return (seconds ?? 0) > SHORT_SECONDS;
}

/** What is left to be done of the job gives way to every note. */
export function givesWay({ draft, priority }: Pick<TranscriptionJob, 'draft' | 'priority'>): boolean {
  return draft !== undefined && priority === DRAFTED;
}

/** What a length counts for in the order of waiting, in milliseconds: as long as the recording itself. */
export function lengthMs(seconds: number | undefined): number {
  return Math.round((seconds ?? UNKNOWN_SECONDS) * 1_000);
}

/** How many of `slots` lengthy notes may take: the others are for short ones, as far as there is more than one. */
export function lengthySlots(slots: number): number {
  return Math.max(1, Math.floor((slots * 2) / 3));
}

/** How many of `slots` one requester may have at the same time: one is always left for somebody else. */
export function slotsOfOne(slots: number): number {
  return Math.max(1, slots - 1);
}

/** What the admin allows to run at the same time. @param slots of all workers */
export function readyRules(
  { quota, placeQuota }: Pick<Policy, 'quota' | 'placeQuota'>,
  slots = Infinity,
): ReadyRules {
  return {
    activeJobsPerUser: quota.activeJobs,
    activeJobsPerServer: placeQuota.server.activeJobs,
    activeJobsPerChannel: placeQuota.channel.activeJobs,
    lengthyJobs: lengthySlots(slots),
    jobsOfOne: slotsOfOne(slots),
    lengthyJobsOfOne: slotsOfOne(lengthySlots(slots)),
  };
}

/**
 * When a user's next note is due, in milliseconds since 1970; who is due first goes first. It is as long after the
 * user's last turn as the note lasts, so that the shortest and least recently served come first. Turns of others do not
 * move it, so that those who come later cannot pass it for ever; the user's own turns do.
 *
 * @param servedAt the user's last turn; 0 for none
 * @param fairAt when the note came, and its length later
 */
export function dueAt(servedAt: number, fairAt: number, length: number): number {
  return Math.max(servedAt + length, fairAt - TURN_HORIZON_MS);
}
