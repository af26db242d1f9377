import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { JOB_STATUSES, JobStatus } from '../../core/job';
import { JobQuery } from '../../core/job-archive';
import { PageRequest } from '../page.request';

/** What the list of jobs can be narrowed to. */
export class JobListRequest extends PageRequest {
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
