import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NeedsRole } from '../../access/access.decorators';
import { Clock } from '../../core/clock';
import { JobArchive } from '../../core/job-archive';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { SeriesRequest, SeriesView, stepsOf, viewOf } from './series.view';

/** How the last day or week went. */
@ApiTags('stats')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('viewer')
@Controller('stats/series')
export class SeriesController {
  constructor(
    private readonly archive: JobArchive,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'What ended in the last day or week, step by step',
    description: 'The day in hours, the week in steps of six. What has been erased is not in it.',
  })
  @ApiOkResponse({ type: SeriesView })
  @ApiProblems('field_invalid')
  async show(@Query() { period = 'day' }: SeriesRequest): Promise<SeriesView> {
    const now = this.clock.now();
    const { since, stepMs } = stepsOf(period, now);
    return viewOf(await this.archive.series(since, stepMs), period, now);
  }
}
