import { TranscriptionJob } from '../../core/job';
import { WebhookDelivery } from '../../core/webhook';
import { viewOf } from '../jobs/job-view.mapper';
import { WebhookMessageView } from './webhook.view';

/** Whoever is told may read what a viewer may: confidential words are not sent. */
const READER = { id: 'webhook', role: 'viewer' } as const;

/**
 * What is sent. A job that did not end well may have been queued again since then: what is told is how it ended.
 *
 * @param job the delivery's own; none for a test message
 */
export function messageOf(delivery: WebhookDelivery, job: TranscriptionJob | undefined): WebhookMessageView {
  const { event, happenedAt, error } = delivery;
  const timestamp = happenedAt.toISOString();
  if (event === 'ping' || !job) return { type: 'ping', timestamp, data: {} };
  const view = viewOf(job, READER);
  if (event === 'done') return { type: 'job.done', timestamp, data: { job: view } };
  const ended = {
    ...view,
    status: event,
    text: null,
    outcome: null,
    error: error ? { code: error.code, message: error.message } : null,
    finishedAt: timestamp,
  };
  return { type: `job.${event}`, timestamp, data: { job: ended } };
}
