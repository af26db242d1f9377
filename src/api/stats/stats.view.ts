import { ApiProperty, ApiPropertyOptional, ApiSchema, getSchemaPath } from '@nestjs/swagger';
import { JOB_STATUSES, type JobStatus } from '../../core/job';
import { type Lane } from '../../core/job-queue';

@ApiSchema({ name: 'LaneDepth' })
export class LaneDepthView {
  @ApiProperty({ description: 'In the job table and due.' })
  waiting!: number;

  @ApiProperty({ description: 'In the hands of a worker.' })
  active!: number;
}

@ApiSchema({ name: 'PlatformStats' })
export class PlatformStatsView {
  @ApiProperty()
  jobs!: number;

  @ApiProperty({ description: 'Of done jobs.' })
  audioSeconds!: number;
}

const DEPTH = { allOf: [{ $ref: getSchemaPath(LaneDepthView) }], nullable: true };

@ApiSchema({ name: 'SummaryStats' })
export class SummaryStatsView {
  @ApiProperty({ example: '2026-05', description: 'The present month, in UTC.' })
  month!: string;

  @ApiProperty({ description: 'Summaries that cost something.' })
  summaries!: number;

  @ApiProperty({ description: 'Tokens that were read.' })
  input!: number;

  @ApiProperty({ description: 'Tokens that were written.' })
  output!: number;

  @ApiProperty({ description: 'Some were counted by the length of texts, where a service does not say.' })
  estimated!: boolean;
}

/** Sums over all jobs that are stored. */
@ApiSchema({ name: 'Stats' })
export class StatsView {
  @ApiProperty({
    description: 'Jobs by status.',
    type: 'object',
    properties: Object.fromEntries(JOB_STATUSES.map((status) => [status, { type: 'integer' }])),
  })
  jobs!: Record<JobStatus, number>;

  @ApiProperty({
    description: 'What waits and what is worked on; null while the queue does not answer.',
    type: 'object',
    properties: { transcription: DEPTH, delivery: DEPTH },
  })
  queue!: Record<Lane, LaneDepthView | null>;

  @ApiPropertyOptional({ description: 'Why a depth is missing.' })
  queueNote?: string;

  @ApiProperty({ example: 482.6, description: 'Of done jobs.' })
  audioSeconds!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    example: 0.12,
    description: 'Engine time by audio time over the last done jobs; null before the first.',
  })
  realTimeFactor!: number | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(PlatformStatsView) },
    description: 'By platform.',
  })
  platforms!: Record<string, PlatformStatsView>;

  @ApiProperty({ description: 'What summaries have cost all users together this month.' })
  summaries!: SummaryStatsView;
}
