import { followedJob } from '../../../test/support/followed-job';
import { spoken } from '../../../test/support/job-stages';
import { JobStore } from '../../core/job-store';
import { readPosition } from './event-position';

describe('following a job', () => {
  const job = followedJob();
  const { story, take, start, store, publish, hear, finish } = job;

  it('tells everything in order, from the queue to the end', async () => {
    const { told, until, ended } = story();
    await until('status queued 0');
    await start();
    await until('status running 1');
    await hear(0, 0, ['One.', 'Two.']);
    await until('progress 0.1');
    await hear(1, 2, ['Three.']);
    await until('segment 2 Three.');
    await finish('One.', 'Two.', 'Three.');
    await ended();
    expect(told).toEqual([
      'status queued 0',
      'progress 0',
      'status running 1',
      'segment 0 One.',
      'segment 1 Two.',
      'progress 0.1',
      'segment 2 Three.',
      'progress 0.2',
      'ended done: One. Two. Three.',
    ]);
    expect(job.events.listening).toBe(0);
  });

  it('tells late listeners what has happened, then what happens', async () => {
    await start();
    await hear(0, 0, ['One.', 'Two.']);
    const { told, until, ended } = story();
    await until('progress 0.1');
    await hear(1, 2, ['Three.']);
    await until('progress 0.2');
    await finish('One.', 'Two.', 'Three.');
    await ended();
    expect(told.slice(0, 5)).toEqual([
      'status running 1',
      'segment 0 One.',
      'segment 1 Two.',
      'progress 0.1',
      'segment 2 Three.',
    ]);
  });

  it('tells the whole of a job that has ended', async () => {
    await start();
    await hear(0, 0, ['One.']);
    await finish('One.');
    const { told, ended } = story();
    await ended();
    expect(told).toEqual(['segment 0 One.', 'ended done: One.']);
  });

  it('loses and repeats nothing of what happens while it looks', async () => {
    await start();
    await hear(0, 0, ['One.']);
    let looks = 0;
    // What is read is old by the time it arrives: a piece, and at the second look the end, have come meanwhile.
    const slow = new Proxy(job.storage.jobs, {
      get: (jobs, name: keyof JobStore) =>
        name !== 'segments'
          ? (jobs[name] as () => unknown).bind(jobs)
          : async (jobId: string) => {
              const read = await jobs.segments(jobId);
              looks += 1;
              if (looks === 1) await hear(1, 1, ['Two.']);
              if (looks === 2) await finish('One.', 'Two.');
              return read;
            },
    });
    const { told, ended } = story(undefined, slow);
    await ended();
    expect(told.filter((line) => !line.startsWith('progress'))).toEqual([
      'status running 1',
      'segment 0 One.',
      'segment 1 Two.',
      'ended done: One. Two.',
    ]);
  });

  it('fills gaps from the job table, and hears doubles once', async () => {
    await start();
    const { told, until, stop, ended } = story();
    await until('status running 1');
    await store(0, 0, ['One.']);
    await hear(1, 1, ['Two.']);
    await until('progress 0.2');
    publish(0, 0, ['One.']);
    publish(1, 1, ['Two.']);
    await hear(2, 2, ['Three.']);
    await until('progress 0.3');
    stop();
    await ended();
    const segments = told.filter((line) => line.startsWith('segment'));
    expect(segments).toEqual(['segment 0 One.', 'segment 1 Two.', 'segment 2 Three.']);
  });

  it('takes segments for those of the right attempt although its beginning was not heard of', async () => {
    const { told, until, ended } = story();
    await until('progress 0');
    await take();
    await hear(0, 0, ['One.']);
    await until('progress 0.1');
    await finish('One.');
    await ended();
    expect(told.slice(2)).toEqual(['status running 1', 'segment 0 One.', 'progress 0.1', 'ended done: One.']);
  });

  it('ends although no news come at all', async () => {
    await start();
    const { told, until, ended } = story(undefined, job.storage.jobs, 5);
    await until('heartbeat');
    await store(0, 0, ['One.']);
    await job.storage.jobs.finish(job.id, job.owner, spoken('One.'), new Date());
    await ended();
    expect(told.at(-1)).toBe('ended done: One.');
  });

  it('begins anew with another attempt', async () => {
    const { told, until, stop, ended } = story();
    await until('status queued 0');
    await start();
    await hear(0, 0, ['One.']);
    await until('progress 0.1');
    await job.storage.jobs.handBack(job.id, job.owner, { availableAt: new Date() });
    job.events.publish({ type: 'status', jobId: job.id, status: 'queued' });
    await until('status queued 1');
    await start();
    await hear(0, 0, ['Uno.']);
    await until('segment 0 Uno.');
    stop();
    await ended();
    expect(told.filter((line) => !line.startsWith('progress'))).toEqual([
      'status queued 0',
      'status running 1',
      'segment 0 One.',
      'status queued 1',
      'status running 2',
      'segment 0 Uno.',
    ]);
  });

  it('goes on where an earlier connection broke off', async () => {
    await start();
    await hear(0, 0, ['One.', 'Two.']);
    const first = story();
    await first.until('segment 0 One.');
    const heard = readPosition(first.positions[first.told.indexOf('segment 0 One.')]);
    await first.until('progress 0.1');
    first.stop();
    await first.ended();

    const second = story(heard);
    await second.until('progress 0.1');
    second.stop();
    await second.ended();
    expect(second.told).toEqual(['status running 1', 'segment 1 Two.', 'progress 0.1']);
  });

  it('tells all of a job that was tried again after its end', async () => {
    await start();
    await job.storage.jobs.fail(job.id, { code: 'engine_failed', message: 'Failed.' }, new Date(), job.owner);
    const first = story();
    await first.ended();
    await job.storage.jobs.retry(job.id, new Date());
    await start();
    await hear(0, 0, ['One.']);
    const second = story(readPosition(first.positions.at(-1)));
    await second.until('segment 0 One.');
    second.stop();
    await second.ended();
  });

  it('ends with the erasure of the job, and with that of the listener', async () => {
    const { told, until, ended } = story();
    await until('status queued 0');
    await job.storage.jobs.erase(job.id);
    job.events.publish({ type: 'erased', jobId: job.id });
    await ended();
    expect(told.at(-1)).toBe('erased');

    const other = story();
    other.stop();
    await other.ended();
    expect(job.events.listening).toBe(0);
  });
});
