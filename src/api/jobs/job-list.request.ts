import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsDate, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { JOB_STATUSES, JobStatus } from '../../core/job';
import { JobQuery } from '../../core/job-archive';
import { dateOf } from '../timestamps';

/** What the list of jobs can be narrowed to. */
export class JobListRequest {
  @ApiPropertyOptional({
    enum: JOB_STATUSES,
    enumName: 'JobStatus',
    isArray: true,
    description: 'One or several, comma-separated.',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => [value].flat().flatMap((each) => String(each).split(',')))
  @IsIn(JOB_STATUSES, { each: true, message: `status must be of ${JOB_STATUSES.join(', ')}` })
  status?: JobStatus[];

  @ApiPropertyOptional({ example: 'discord' })
  @IsOptional()
  @MaxLength(60)
  @IsString()
  platform?: string;

  @ApiPropertyOptional({ description: 'Id of who asked or spoke.' })
  @IsOptional()
  @MaxLength(200)
  @IsString()
  user?: string;

  @ApiPropertyOptional({
    example: 'white flowers',
    description: 'Words that the transcript must hold, all of them.',
  })
  @IsOptional()
  @MinLength(1)
  @MaxLength(500)
  @IsString()
  q?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Created then or later.' })
  @IsOptional()
  @Transform(dateOf)
  @IsDate({ message: 'since must be a date and time such as 2025-01-31T12:00:00Z' })
  since?: Date;

  @ApiPropertyOptional({ format: 'date-time', description: 'Created then or before.' })
  @IsOptional()
  @Transform(dateOf)
  @IsDate({ message: 'until must be a date and time such as 2025-01-31T12:00:00Z' })
  until?: Date;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before.' })
  @IsOptional()
  @MaxLength(200)
  @IsString()
  cursor?: string;
}

const DEFAULT_LIMIT = 50;

export function queryOf(request: JobListRequest, includePrivate: boolean): JobQuery {
  const { status, platform, user, q: text, since, until, limit = DEFAULT_LIMIT, cursor } = request;
  return {
    status,
    platform,
    user,
    text,
    includePrivate,
    since,
    until,
    limit,
    cursor,
  };
}
