import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { TranscriptionJob } from '../../core/job';
import { JobEvent, JobEvents } from '../../core/job-events';
import { JobStore } from '../../core/job-store';

/** What happens within this time is told together. */
const WINDOW_MS = 200;
/** Of more jobs at once nobody is told one by one. */
const MOST = 60;

/** What lists of jobs need to know. */
export type News =
  | { type: 'job'; job: TranscriptionJob }
  | { type: 'progress'; id: string; progress: number }
  | { type: 'erased'; id: string }
  /** So much that it is better to look anew. */
  | { type: 'many' };

type Listener = (news: readonly News[]) => void;

/** Tells what happens to all jobs, to any number of listeners with one look at the job table. */
@Injectable()
export class NewsService implements OnModuleDestroy {
  private readonly logger = new Logger(NewsService.name);
  private readonly listeners = new Set<Listener>();
  private unsubscribe?: () => void;
  private timer?: NodeJS.Timeout;
  private changed = new Set<string>();
  private progress = new Map<string, number>();

  constructor(
    private readonly jobs: JobStore,
    private readonly events: JobEvents,
  ) {}

  onModuleDestroy(): void {
    this.listeners.clear();
    this.rest();
  }

  /** The returned function ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    this.unsubscribe ??= this.events.subscribe((event) => this.note(event));
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.rest();
    };
  }

  private note(event: JobEvent): void {
    if (event.type === 'progress') this.progress.set(event.jobId, event.progress);
    else if (event.type !== 'segments') this.changed.add(event.jobId);
    else return;
    this.timer ??= setTimeout(() => void this.tell(), WINDOW_MS).unref();
  }

  private async tell(): Promise<void> {
    const { changed, progress } = this;
    this.changed = new Set();
    this.progress = new Map();
    this.timer = undefined;
    const news = await this.newsOf([...changed], progress).catch((error: unknown): News[] => {
      this.logger.warn({ err: error, msg: 'The console is told to look anew: jobs could not be read' });
      return [{ type: 'many' }];
    });
    for (const listener of this.listeners) listener(news);
  }

  private async newsOf(ids: readonly string[], progress: ReadonlyMap<string, number>): Promise<News[]> {
    if (ids.length > MOST) return [{ type: 'many' }];
    const jobs = await Promise.all(ids.map(async (id) => ({ id, job: await this.jobs.find(id) })));
    const moved = [...progress].filter(([id]) => !ids.includes(id));
    return [
      ...jobs.map(({ id, job }): News => (job ? { type: 'job', job } : { type: 'erased', id })),
      ...moved.map(([id, share]): News => ({ type: 'progress', id, progress: share })),
    ];
  }

  private rest(): void {
    this.unsubscribe?.();
    clearTimeout(this.timer);
    [this.unsubscribe, this.timer] = [undefined, undefined];
  }
}
