import { JobEvent } from '../core/job-events';
import { lanesWokenBy } from './lane-wakes';

const status = (name: Extract<JobEvent, { type: 'status' }>['status'], answerId?: string): JobEvent => ({
  type: 'status',
  jobId: 'job',
  answerId,
  status: name,
});

describe('lanesWokenBy', () => {
  it.each<[string, JobEvent, string[]]>([
    ['a job that is queued again', status('queued'), ['transcription']],
    ['a job that begins', status('running'), []],
    ['a transcript with somebody to tell', status('delivering', 'answer'), ['transcription', 'delivery']],
    ['an end without an answer', status('done'), ['transcription']],
    ['a failure that an answer shows', status('failed', 'answer'), ['transcription', 'delivery']],
    ['a cancellation', status('cancelled'), ['transcription']],
    ['an erasure, which frees the next of its sequence', { type: 'erased', jobId: 'job' }, ['transcription']],
    ['progress', { type: 'progress', jobId: 'job', progress: 0.5 }, []],
  ])('%s', (_, event, lanes) => {
    expect(lanesWokenBy(event)).toEqual(lanes);
  });
});
