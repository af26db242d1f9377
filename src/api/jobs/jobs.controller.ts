import { Controller, Delete, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { Caller, CurrentCaller } from '../../access/caller';
import { JobArchive } from '../../core/job-archive';
import { JobControlService } from '../../core/job-control.service';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { JobIdPipe } from './job-id.pipe';
import { JobListRequest, queryOf } from './job-list.request';
import { viewOf } from './job-view.mapper';
import { JobPageView, JobView } from './job.view';

/** Looking at jobs and steering them. */
@ApiTags('jobs')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('viewer')
@Controller('jobs')
export class JobsController {
  constructor(
    private readonly archive: JobArchive,
    private readonly control: JobControlService,
  ) {}

  @Get()
  @Audited('jobs.read')
  @ApiOperation({ summary: 'List and search jobs, newest first' })
  @ApiOkResponse({ type: JobPageView })
  @ApiProblems('field_invalid')
  async list(@Query() request: JobListRequest, @CurrentCaller() caller: Caller): Promise<JobPageView> {
    const { jobs, nextCursor = null } = await this.archive.list(queryOf(request, caller.role === 'admin'));
    return { jobs: jobs.map((job) => viewOf(job, caller)), nextCursor };
  }

  @Get(':id')
  @Audited('job.read')
  @ApiOperation({ summary: 'Show a job' })
  @ApiOkResponse({ type: JobView })
  @ApiProblems('job_not_found')
  async show(@Param('id', JobIdPipe) id: string, @CurrentCaller() caller: Caller): Promise<JobView> {
    return viewOf(await this.control.find(id), caller);
  }

  @Post(':id/cancel')
  @NeedsRole('admin')
  @Audited('job.cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel a job that has not ended' })
  @ApiOkResponse({ type: JobView })
  @ApiProblems('job_not_found', 'job_state_conflict')
  async cancel(@Param('id', JobIdPipe) id: string, @CurrentCaller() caller: Caller): Promise<JobView> {
    return viewOf(await this.control.cancel(id), caller);
  }

  @Post(':id/retry')
  @NeedsRole('admin')
  @Audited('job.retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Queue a failed or cancelled job again' })
  @ApiOkResponse({ type: JobView })
  @ApiProblems('job_not_found', 'job_state_conflict')
  async retry(@Param('id', JobIdPipe) id: string, @CurrentCaller() caller: Caller): Promise<JobView> {
    return viewOf(await this.control.retry(id), caller);
  }

  @Delete(':id')
  @NeedsRole('admin')
  @Audited('job.erase')
  @HttpCode(204)
  @ApiOperation({ summary: 'Erase a job, its audio and its transcript' })
  @ApiNoContentResponse({ description: 'Nothing of it is left.' })
  @ApiProblems('job_not_found')
  erase(@Param('id', JobIdPipe) id: string): Promise<void> {
    return this.control.erase(id);
  }
}
