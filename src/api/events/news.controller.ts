import { Controller, MessageEvent, OnModuleDestroy, Sse, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Observable, Subject, from, interval, map, merge, mergeMap, takeUntil, timer } from 'rxjs';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { Caller, CurrentCaller } from '../../access/caller';
import { viewOf } from '../jobs/job-view.mapper';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { News, NewsService } from './news.service';

/** Proxies give up on a connection that says nothing for half a minute or so. */
const HEARTBEAT_MS = 15_000;
/** Then the listener comes again, and whether it may is looked at anew. */
const LONGEST_MS = 30 * 60_000;

/** What happens to all jobs, as server-sent events. */
@ApiTags('jobs')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('viewer')
@Controller('events')
export class NewsController implements OnModuleDestroy {
  private readonly closing = new Subject<void>();

  constructor(private readonly news: NewsService) {}

  /** Open streams would keep the process from ending. */
  onModuleDestroy(): void {
    this.closing.next();
  }

  @Audited('jobs.read')
  @Sse()
  @ApiOperation({
    summary: 'Follow all jobs as they happen',
    description:
      'Events `job` with a job that is new or has changed, `progress` with its `id` and `progress`, `erased` with its ' +
      '`id`, and `many` when so much happens that the list should be read again. What happened before is not told, and ' +
      'the stream ends after half an hour at most: who listens again reads the list again.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'The stream.' })
  @ApiProblems()
  listen(@CurrentCaller() caller: Caller): Observable<MessageEvent> {
    const told = new Observable<readonly News[]>((subscriber) =>
      this.news.subscribe((news) => subscriber.next(news)),
    ).pipe(
      mergeMap((news) => from(news)),
      map((item) => messageOf(item, caller)),
    );
    const beats = merge(timer(0), interval(HEARTBEAT_MS)).pipe(
      map((): MessageEvent => ({ comment: 'still here' })),
    );
    return merge(beats, told).pipe(takeUntil(merge(this.closing, timer(LONGEST_MS))));
  }
}

function messageOf(news: News, caller: Caller): MessageEvent {
  switch (news.type) {
    case 'job':
      return { type: 'job', data: viewOf(news.job, caller) };
    case 'progress':
      return { type: 'progress', data: { id: news.id, progress: news.progress } };
    case 'erased':
      return { type: 'erased', data: { id: news.id } };
    case 'many':
      return { type: 'many', data: {} };
  }
}
