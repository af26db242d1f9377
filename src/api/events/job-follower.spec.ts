import { lease, spoken } from '../../../test/support/job-stages';
import { newJob } from '../../../test/support/new-job';
import { TestStorage, openTestStorage } from '../../../test/support/storage';
import { JobStore } from '../../core/job-store';
import { Segment } from '../../core/transcript';
import { LocalJobEvents } from '../../queue/local-job-events';
import { EventPosition, readPosition, writePosition } from './event-position';
import { JobFollowerService } from './job-follower.service';
import { StoryEvent } from './story-event';

/** Counts who listens. */
class CountedEvents extends LocalJobEvents {
  listening = 0;
  override subscribe(listener: Parameters<LocalJobEvents['subscribe']>[0]): () => void {
    const unsubscribe = super.subscribe(listener);
    this.listening += 1;
    return () => {
      this.listening -= 1;
      unsubscribe();
    };
  }
}

describe('following a job', () => {
  let storage: TestStorage;
  let events: CountedEvents;
  let id: string;
  let owner: string;

  beforeAll(async () => {
    storage = await openTestStorage();
  });
  afterAll(() => storage.close());
  beforeEach(async () => {
    events = new CountedEvents();
    id = (await storage.jobs.add(newJob())).job.id;
  });

  /** Reads until the story ends. */
  const story = (heard?: EventPosition, jobs: JobStore = storage.jobs, heartbeatMs = 60_000) => {
    const stop = new AbortController();
    const told: string[] = [];
    const positions: string[] = [];
    const reached = new Map<string, () => void>();
    const following = (async () => {
      const follower = new JobFollowerService(jobs, events);
      for await (const event of follower.follow(id, heard, stop.signal, heartbeatMs)) {
        const line = event === 'heartbeat' ? event : lineOf(event);
        told.push(line);
        if (event !== 'heartbeat') positions.push(writePosition(event.position));
        reached.get(line)?.();
      }
    })();
    const until = async (line: string): Promise<void> => {
      if (!told.includes(line)) await new Promise<void>((resolve) => reached.set(line, resolve));
    };
    return { told, positions, until, ended: () => following, stop: () => stop.abort() };
  };

  const start = async (): Promise<void> => {
    const taken = lease();
    owner = taken.owner;
    await storage.jobs.claim(id, taken, new Date());
    events.publish({ type: 'status', jobId: id, status: 'running' });
  };
  const store = (index: number, from: number, texts: string[]): Promise<boolean> => {
    const piece = { index, segments: texts.map((text) => said(text)), progress: (index + 1) / 10, media: {} };
    return storage.jobs.savePiece(id, owner, { ...piece, ...{ from } });
  };
  const publish = (index: number, from: number, texts: string[]): void => {
    events.publish({ type: 'segments', jobId: id, from, segments: texts.map((text) => said(text)) });
    events.publish({ type: 'progress', jobId: id, progress: (index + 1) / 10 });
  };
  const hear = async (index: number, from: number, texts: string[]): Promise<void> => {
    await store(index, from, texts);
    publish(index, from, texts);
  };
  const finish = async (...texts: string[]): Promise<void> => {
    const result = spoken(texts.join(' '));
    result.transcript.segments = texts.map((text) => said(text));
    await storage.jobs.finish(id, owner, result, new Date());
    events.publish({ type: 'status', jobId: id, status: 'done' });
  };

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
    expect(events.listening).toBe(0);
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
    const slow = new Proxy(storage.jobs, {
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
    const taken = lease();
    owner = taken.owner;
    await storage.jobs.claim(id, taken, new Date());
    await hear(0, 0, ['One.']);
    await until('progress 0.1');
    await finish('One.');
    await ended();
    expect(told.slice(2)).toEqual(['status running 1', 'segment 0 One.', 'progress 0.1', 'ended done: One.']);
  });

  it('ends although no news come at all', async () => {
    await start();
    const { told, until, ended } = story(undefined, storage.jobs, 5);
    await until('heartbeat');
    await store(0, 0, ['One.']);
    await storage.jobs.finish(id, owner, spoken('One.'), new Date());
    await ended();
    expect(told.at(-1)).toBe('ended done: One.');
  });

  it('begins anew with another attempt', async () => {
    const { told, until, stop, ended } = story();
    await until('status queued 0');
    await start();
    await hear(0, 0, ['One.']);
    await until('progress 0.1');
    await storage.jobs.handBack(id, owner, { availableAt: new Date() });
    events.publish({ type: 'status', jobId: id, status: 'queued' });
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
    await storage.jobs.fail(id, { code: 'engine_failed', message: 'Failed.' }, new Date(), owner);
    const first = story();
    await first.ended();
    await storage.jobs.retry(id, new Date());
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
    await storage.jobs.erase(id);
    events.publish({ type: 'erased', jobId: id });
    await ended();
    expect(told.at(-1)).toBe('erased');

    const other = story();
    other.stop();
    await other.ended();
    expect(events.listening).toBe(0);
  });
});

describe('positions', () => {
  it.each([undefined, '', '1', '1-', '-1-2', '1-2-3', '1-2-endless', '9999999-1', '١-٢', "1-2';--"])(
    'that were not made here count for nothing: %s',
    (id) => expect(readPosition(id)).toBeUndefined(),
  );

  it('are read as they were written', () => {
    for (const ended of [true, false]) {
      const position = { attempt: 3, segments: 17, ended };
      expect(readPosition(writePosition(position))).toEqual(position);
    }
  });
});

function said(text: string): Segment {
  return { start: 0, end: 1, text, confidence: 0.9 };
}

function lineOf(event: StoryEvent): string {
  switch (event.type) {
    case 'status':
      return `status ${event.status} ${event.attempts}`;
    case 'progress':
      return `progress ${event.progress}`;
    case 'segment':
      return `segment ${event.number} ${event.segment.text}`;
    case 'ended':
      return `ended ${event.job.status}: ${event.job.text ?? ''}`;
    case 'erased':
      return 'erased';
  }
}
