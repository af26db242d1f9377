import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { EndedSum } from '../../core/job-archive';

const HOUR_MS = 3_600_000;
const PERIODS = ['day', 'week'] as const;
type Period = (typeof PERIODS)[number];
const STEPS: Record<Period, { stepMs: number; count: number }> = {
  day: { stepMs: HOUR_MS, count: 24 },
  week: { stepMs: 6 * HOUR_MS, count: 28 },
};

export class SeriesRequest {
  @ApiPropertyOptional({ enum: PERIODS, default: 'day' })
  @IsOptional()
  @IsIn(PERIODS, { message: `period must be one of ${PERIODS.join(', ')}` })
  period?: Period;
}

/** What ended within one step. */
@ApiSchema({ name: 'SeriesPoint' })
export class SeriesPointView {
  @ApiProperty({ type: Date, description: 'Beginning of the step.' })
  at!: string;

  @ApiProperty()
  done!: number;

  @ApiProperty()
  failed!: number;

  @ApiProperty()
  cancelled!: number;

  @ApiProperty({ example: 61.4, description: 'Of done jobs.' })
  audioSeconds!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Mean time before the first try.' })
  waitMs!: number | null;

  @ApiProperty({ type: Number, nullable: true, example: 0.12, description: 'Engine time by audio time.' })
  realTimeFactor!: number | null;
}

/** Steps of the same length, oldest first; the last one is not over yet. */
@ApiSchema({ name: 'Series' })
export class SeriesView {
  @ApiProperty({ example: 3600 })
  stepSeconds!: number;

  @ApiProperty({ type: [SeriesPointView] })
  points!: SeriesPointView[];
}

/** The beginning of the first step, and how long each is: whole ones since 1970, so that they stay the same. */
export function stepsOf(period: Period, now: Date): { since: Date; stepMs: number } {
  const { stepMs, count } = STEPS[period];
  const present = Math.floor(now.getTime() / stepMs);
  return { since: new Date((present - count + 1) * stepMs), stepMs };
}

/** With the steps in which nothing ended. */
export function viewOf(sums: readonly EndedSum[], period: Period, now: Date): SeriesView {
  const { since, stepMs } = stepsOf(period, now);
  const known = new Map(sums.map((sum) => [sum.at.getTime(), sum]));
  const points = Array.from({ length: STEPS[period].count }, (_, index): SeriesPointView => {
    const at = new Date(since.getTime() + index * stepMs);
    const sum = known.get(at.getTime());
    return {
      at: at.toISOString(),
      done: sum?.done ?? 0,
      failed: sum?.failed ?? 0,
      cancelled: sum?.cancelled ?? 0,
      audioSeconds: sum?.audioSeconds ?? 0,
      waitMs: sum?.waitMs ?? null,
      realTimeFactor: sum?.realTimeFactor ?? null,
    };
  });
  return { stepSeconds: stepMs / 1000, points };
}
