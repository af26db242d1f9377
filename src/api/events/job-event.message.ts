import { MessageEvent } from '@nestjs/common';
import { Caller } from '../../access/caller';
import { viewOf } from '../jobs/job-view.mapper';
import { writePosition } from './event-position';
import { StoryEvent } from './story-event';

/** A piece of a job's story as a server-sent event. */
export function messageOf(event: StoryEvent, jobId: string, caller: Caller): MessageEvent {
  const id = writePosition(event.position);
  switch (event.type) {
    case 'status':
      return { id, type: event.type, data: { status: event.status, attempts: event.attempts } };
    case 'progress':
      return { id, type: event.type, data: { progress: event.progress } };
    case 'segment':
      return { id, type: event.type, data: { number: event.number, ...event.segment } };
    case 'ended':
      return { id, type: event.job.status, data: viewOf(event.job, caller) };
    case 'erased':
      return { id, type: 'cancelled', data: { id: jobId, status: 'cancelled', erased: true } };
  }
}
