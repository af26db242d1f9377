import {
  Controller,
  Headers,
  MessageEvent,
  OnModuleDestroy,
  Param,
  Res,
  Sse,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { EMPTY, Observable } from 'rxjs';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { Caller, CurrentCaller } from '../../access/caller';
import { TranscriptionJob, isFinished } from '../../core/job';
import { JobControlService } from '../../core/job-control.service';
import { JobIdPipe } from '../jobs/job-id.pipe';
import { mayRead } from '../jobs/reading-rights';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { EventPosition, readPosition } from './event-position';
import { messageOf } from './job-event.message';
import { JobFollowerService } from './job-follower.service';

/** Characters that may wait for a slow reader: the transcript of the longest recording, with all its words. */
const MAX_PENDING = 32 * 1024 * 1024;

/** A job's story as server-sent events. */
@ApiTags('jobs')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('viewer')
@Controller('jobs/:id/events')
export class JobEventsController implements OnModuleDestroy {
  private readonly closing = new AbortController();

  constructor(
    private readonly control: JobControlService,
    private readonly follower: JobFollowerService,
  ) {}

  /** Open streams would keep the process from ending. */
  onModuleDestroy(): void {
    this.closing.abort();
  }

  @Audited('job.read')
  @Sse('', { maxPendingDataLength: MAX_PENDING })
  @ApiOperation({
    summary: 'Follow a job as it happens',
    description:
      'Events `status`, `progress` and `segment`, then `done`, `failed` or `cancelled` with the job, and the stream ' +
      'ends. Late listeners first get what has happened already. A `status` with more `attempts` than before means ' +
      'that the job begins anew: `segment` numbers start at 0 again.',
  })
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Go on after this event.' })
  @ApiResponse({ status: 204, description: '`Last-Event-ID` was the last event there will be.' })
  @ApiProblems('job_not_found')
  async listen(
    @Param('id', JobIdPipe) id: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Observable<MessageEvent>> {
    const job = await this.control.find(id);
    const heard = readPosition(lastEventId);
    if (heard?.ended && isFinished(job.status)) {
      // Tells browsers not to come again.
      response.status(204).end();
      return EMPTY;
    }
    return this.stream(job, heard, caller);
  }

  private stream(
    job: TranscriptionJob,
    heard: EventPosition | undefined,
    caller: Caller,
  ): Observable<MessageEvent> {
    const readable = mayRead(job, caller);
    return new Observable((subscriber) => {
      const gone = new AbortController();
      const signal = AbortSignal.any([gone.signal, this.closing.signal]);
      const tell = async (): Promise<void> => {
        for await (const event of this.follower.follow(job.id, heard, signal)) {
          if (event === 'heartbeat') subscriber.next({ comment: 'still here' });
          else if (readable || event.type !== 'segment') subscriber.next(messageOf(event, job.id, caller));
        }
      };
      tell().then(
        () => subscriber.complete(),
        (error: unknown) => subscriber.error(error),
      );
      return () => gone.abort();
    });
  }
}
