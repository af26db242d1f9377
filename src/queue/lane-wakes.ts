import { JobEvent } from '../core/job-events';
import { Lane } from '../core/job-queue';

/** The lanes in which an id may have become ready because of the event. */
export function lanesWokenBy(event: JobEvent): Lane[] {
  if (event.type === 'erased') return ['transcription'];
  if (event.type !== 'status' || event.status === 'running') return [];
  if (event.status === 'queued') return ['transcription'];
  // An end frees the author's next note and a place under the user's limit; with an answer, that answer falls due.
  return event.answerId === undefined ? ['transcription'] : ['transcription', 'delivery'];
}
