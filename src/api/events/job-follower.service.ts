import { Injectable } from '@nestjs/common';
import { JobEvents } from '../../core/job-events';
import { JobStore } from '../../core/job-store';
import { EventInbox } from './event-inbox';
import { EventPosition } from './event-position';
import { JobStory } from './job-story';
import { StoryEvent } from './story-event';

/** Proxies give up on a connection that says nothing for half a minute or so. */
const HEARTBEAT_MS = 15_000;

/** Follows one job from its beginning to its end, whenever the listener comes and wherever the job runs. */
@Injectable()
export class JobFollowerService {
  constructor(
    private readonly jobs: JobStore,
    private readonly events: JobEvents,
  ) {}

  /**
   * What has happened, then what happens, until the job has ended or the signal fires. `heartbeat` whenever nothing
   * did for a while: then the job table is asked, for news may get lost on the way.
   */
  async *follow(
    jobId: string,
    heard: EventPosition | undefined,
    signal: AbortSignal,
    heartbeatMs = HEARTBEAT_MS,
  ): AsyncGenerator<StoryEvent | 'heartbeat'> {
    const inbox = new EventInbox(jobId);
    // Before the first look at the table, so that nothing falls between the two.
    const unsubscribe = this.events.subscribe(inbox.put);
    try {
      const story = new JobStory(heard);
      yield* this.catchUp(jobId, story);
      while (!story.ended && !signal.aborted) {
        const duringTheLook = inbox.take();
        if (duringTheLook.length === 0) await inbox.wait(heartbeatMs, signal);
        if (signal.aborted) return;
        const news = inbox.take();
        if (news.length === 0 && duringTheLook.length === 0) yield 'heartbeat';
        // News that came while the table was read may be older than what was read.
        yield* duringTheLook.length === 0 && news.length > 0
          ? this.tell(jobId, story, news)
          : this.catchUp(jobId, story);
      }
    } finally {
      unsubscribe();
    }
  }

  private async *tell(
    jobId: string,
    story: JobStory,
    news: ReturnType<EventInbox['take']>,
  ): AsyncGenerator<StoryEvent> {
    for (const event of news) {
      // What comes after it is in the table, too.
      if (yield* story.apply(event)) continue;
      yield* this.catchUp(jobId, story);
      return;
    }
  }

  private async *catchUp(jobId: string, story: JobStory): AsyncGenerator<StoryEvent> {
    const job = await this.jobs.find(jobId);
    yield* story.catchUp(job, job ? await this.jobs.segments(jobId) : []);
  }
}
