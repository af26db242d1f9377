import { EventPosition, writePosition } from '../../src/api/events/event-position';
import { JobFollowerService } from '../../src/api/events/job-follower.service';
import { StoryEvent } from '../../src/api/events/story-event';
import { JobStore } from '../../src/core/job-store';
import { Segment } from '../../src/core/transcript';
import { LocalJobEvents } from '../../src/queue/local-job-events';
import { lease, spoken } from './job-stages';
import { newJob } from './new-job';
import { TestStorage, openTestStorage } from './storage';

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

/** What one listener was told so far, each event as a line. */
interface HeardStory {
  told: string[];
  positions: string[];
  /** Resolves once this line was told. */
  until(line: string): Promise<void>;
  ended(): Promise<void>;
  stop(): void;
}

/** A job that is worked on step by step, and those who follow it. */
interface FollowedJob {
  readonly storage: TestStorage;
  readonly events: CountedEvents;
  readonly id: string;
  /** Whoever has the attempt that was begun last. */
  readonly owner: string;
  /** Reads until the story ends. */
  story(heard?: EventPosition, jobs?: JobStore, heartbeatMs?: number): HeardStory;
  /** Begins an attempt and tells nobody. */
  take(): Promise<void>;
  start(): Promise<void>;
  /** Stores a piece and tells nobody. */
  store(index: number, from: number, texts: string[]): Promise<boolean>;
  publish(index: number, from: number, texts: string[]): void;
  hear(index: number, from: number, texts: string[]): Promise<void>;
  finish(...texts: string[]): Promise<void>;
}

/** A new job for each test around it. */
export function followedJob(): FollowedJob {
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

  const story: FollowedJob['story'] = (heard, jobs = storage.jobs, heartbeatMs = 60_000) => {
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

  const take = async (): Promise<void> => {
    const taken = lease();
    owner = taken.owner;
    await storage.jobs.claim(id, taken, new Date());
  };
  const start = async (): Promise<void> => {
    await take();
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

  return {
    get storage() {
      return storage;
    },
    get events() {
      return events;
    },
    get id() {
      return id;
    },
    get owner() {
      return owner;
    },
    ...{ story, take, start, store, publish, hear, finish },
  };
}

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
