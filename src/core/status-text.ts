import { TranscriptionJob } from './job';
import { Phrasebook } from './phrasebook';
import { Status } from './status.service';

/** One of a user's own recordings. */
export interface OwnRecording {
  job: TranscriptionJob;
  /** How it stands with it, in a word or two. */
  state: string;
  /** Why it failed. */
  reason?: string;
  /** What was said, where it was read but reached nobody: the user gets it here. */
  kept?: string;
}

/** How hark is doing, as one user is told; hark's own words, but for what is `kept`. */
export interface StatusText {
  title: string;
  lines: string[];
  /** Newest first. */
  own: OwnRecording[];
}

type Say = (key: string, params?: Record<string, string | number>) => string;

export function statusText(
  status: Status,
  userId: string,
  phrasebook: Phrasebook,
  locale: string | undefined,
): StatusText {
  const say: Say = (key, params) => phrasebook.say(locale, key, params);
  return {
    title: say('status.title'),
    lines: [engineLine(status, say), queueLine(status, say)],
    own: status.recent
      .filter((job) => job.requester.id === userId || !job.confidential)
      .map((job) => ({
        job,
        state: say(`status.${job.status}`),
        ...(job.error && job.status === 'failed' && { reason: phrasebook.error(locale, job.error) }),
        ...(isKept(job, userId) && { kept: job.text }),
      })),
  };
}

function engineLine({ transcriber: { state, detail, progress } }: Status, say: Say): string {
  if (state === 'ready') return say('status.engineReady', { detail });
  if (state === 'unavailable') return say('status.engineUnavailable', { detail });
  if (progress === undefined) return say('status.engineLoading', { detail });
  return say('status.engineProgress', { detail, percent: Math.floor(progress * 100) });
}

function queueLine({ queue }: Status, say: Say): string {
  if (!queue) return say('status.queueUnknown');
  const waiting =
    queue.waiting > 0 ? say('status.queue', { count: queue.waiting }) : say('status.queueEmpty');
  return queue.active > 0 ? `${waiting} ${say('status.active', { count: queue.active })}` : waiting;
}

/** It was read, but could not be posted, and it is this user's to read. */
function isKept({ status, text, requester }: TranscriptionJob, userId: string): boolean {
  return status === 'failed' && text !== undefined && text !== '' && requester.id === userId;
}
