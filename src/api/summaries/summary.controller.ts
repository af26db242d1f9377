import { Body, Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { Caller, CurrentCaller } from '../../access/caller';
import { JobIdPipe } from '../jobs/job-id.pipe';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { JobSummariesService } from './job-summaries.service';
import { SummaryRequestBody } from './summary.request';
import { SummaryListView, SummaryView } from './summary.view';

/** What a job's transcript comes down to. */
@ApiTags('jobs')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@Controller('jobs/:id/summary')
export class SummaryController {
  constructor(private readonly summaries: JobSummariesService) {}

  @Get()
  @NeedsRole('viewer')
  @Audited('summary.read')
  @ApiOperation({ summary: 'The summaries that there are, and who could write one' })
  @ApiOkResponse({ type: SummaryListView })
  @ApiProblems('job_not_found', 'transcript_not_ready')
  list(@Param('id', JobIdPipe) id: string, @CurrentCaller() caller: Caller): Promise<SummaryListView> {
    return this.summaries.list(id, caller);
  }

  @Post()
  @NeedsRole('admin')
  @Audited('summary.write')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sum the transcript up',
    description:
      'Answers when the summary is there, at once where there is one of the same words by the same driver. Unless the driver is on this machine, the transcript is sent to its service.',
  })
  @ApiBody({ type: SummaryRequestBody, required: false })
  @ApiOkResponse({ type: SummaryView })
  @ApiProblems(
    'job_not_found',
    'transcript_not_ready',
    'field_invalid',
    'json_malformed',
    'speaker_opted_out',
    'summaries_off',
    'summary_under_way',
    'summary_refused',
    'summary_too_long',
    'summarizer_unavailable',
    'summarizer_busy',
    'summarizer_timeout',
    'summarizer_failed',
  )
  write(
    @Param('id', JobIdPipe) id: string,
    @Body() { driver }: SummaryRequestBody,
    @CurrentCaller() caller: Caller,
  ): Promise<SummaryView> {
    return this.summaries.write(id, driver, caller);
  }
}
