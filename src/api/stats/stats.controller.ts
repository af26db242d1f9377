import { Controller, Get, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NeedsRole } from '../../access/access.decorators';
import { HarkError } from '../../core/errors';
import { Clock } from '../../core/clock';
import { JobArchive } from '../../core/job-archive';
import { JobQueue, LANES, Lane, LaneDepth } from '../../core/job-queue';
import { SummaryStore } from '../../core/summary-store';
import { monthOf } from '../../core/summary';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { LaneDepthView, PlatformStatsView, StatsView } from './stats.view';

/** How much there was, is and waits. */
@ApiTags('stats')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('viewer')
@Controller('stats')
export class StatsController {
  constructor(
    private readonly archive: JobArchive,
    private readonly queue: JobQueue,
    private readonly summaries: SummaryStore,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Counts, queue depth and speed' })
  @ApiExtraModels(LaneDepthView, PlatformStatsView)
  @ApiOkResponse({ type: StatsView })
  @ApiProblems()
  async show(): Promise<StatsView> {
    const [stats, summaries, depths] = await Promise.all([
      this.archive.stats(),
      this.summaries.sum(monthOf(this.clock.now())),
      Promise.all(LANES.map((lane) => this.depthOf(lane))),
    ]);
    const queueNote = depths.find(({ note }) => note !== undefined)?.note;
    return {
      jobs: stats.byStatus,
      queue: Object.fromEntries(depths.map(({ lane, depth }) => [lane, depth])) as StatsView['queue'],
      ...(queueNote !== undefined && { queueNote }),
      audioSeconds: stats.audioSeconds,
      realTimeFactor: stats.realTimeFactor ?? null,
      platforms: stats.byPlatform,
      summaries,
    };
  }

  /** A queue that is down takes nothing from the rest of the page. */
  private async depthOf(lane: Lane): Promise<{ lane: Lane; depth: LaneDepth | null; note?: string }> {
    try {
      const { waiting, active } = await this.queue.depth(lane);
      return { lane, depth: { waiting, active } };
    } catch (error) {
      return { lane, depth: null, note: HarkError.from(error).userMessage };
    }
  }
}
