import { Body, Controller, Delete, Param, Patch, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { Caller, CurrentCaller } from '../../access/caller';
import { CorrectionService } from '../../core/correction.service';
import { HarkError } from '../../core/errors';
import { TranscriptionJob } from '../../core/job';
import { JobControlService } from '../../core/job-control.service';
import { JobStore } from '../../core/job-store';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { CorrectionRequest, rewritingOf } from './correction.request';
import { JobIdPipe } from './job-id.pipe';
import { viewOf } from './job-view.mapper';
import { JobView } from './job.view';

/** Correcting transcripts, as *Fix* does in chat. */
@ApiTags('jobs')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('admin')
@Controller('jobs/:id/transcript')
export class CorrectionController {
  constructor(
    private readonly control: JobControlService,
    private readonly jobs: JobStore,
    private readonly corrections: CorrectionService,
  ) {}

  @Patch()
  @Audited('transcript.change')
  @ApiOperation({
    summary: 'Correct the transcript of a done job',
    description:
      'From then on lists, searches, files and the posted answer have the corrected text. What was heard stays ' +
      'beside it, for admins: `GET …/transcript?version=heard`.',
  })
  @ApiOkResponse({ type: JobView })
  @ApiProblems(
    'job_not_found',
    'job_state_conflict',
    'transcript_not_ready',
    'field_invalid',
    'json_malformed',
    'fix_outdated',
  )
  async correct(
    @Param('id', JobIdPipe) id: string,
    @Body() request: CorrectionRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<JobView> {
    const job = await this.control.find(id);
    const transcript = await this.jobs.transcript(id);
    if (!transcript) throw notReady(job);
    if ((job.status !== 'done' && job.status !== 'delivering') || transcript.segments.length === 0)
      throw conflict(job);
    const corrected = await this.corrections.correct(
      id,
      transcript,
      [rewritingOf(request, transcript.segments)],
      'admin',
    );
    return viewOf(corrected ?? job, caller);
  }

  @Delete('correction')
  @Audited('transcript.change')
  @ApiOperation({ summary: 'Go back to what was heard; nothing happens where nobody has corrected anything' })
  @ApiOkResponse({ type: JobView })
  @ApiProblems('job_not_found')
  async restore(@Param('id', JobIdPipe) id: string, @CurrentCaller() caller: Caller): Promise<JobView> {
    const job = await this.control.find(id);
    return viewOf((await this.corrections.restore(id)) ?? job, caller);
  }
}

function notReady({ status }: TranscriptionJob): HarkError {
  return new HarkError('transcript_not_ready', `There is no transcript: the job is ${status}.`, {
    params: { status },
  });
}

function conflict({ status }: TranscriptionJob): HarkError {
  return new HarkError(
    'job_state_conflict',
    `Only what was said can be corrected, once the job is done; it is ${status}.`,
    {
      params: { status },
    },
  );
}
