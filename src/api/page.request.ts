import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsDate, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { dateOf } from './timestamps';

/** Which page of a list that is in the order of time, and of what time. */
export class PageRequest {
  @ApiPropertyOptional({ format: 'date-time', description: 'Of then or later.' })
  @IsOptional()
  @Transform(dateOf)
  @IsDate({ message: 'since must be a date and time such as 2025-01-31T12:00:00Z' })
  since?: Date;

  @ApiPropertyOptional({ format: 'date-time', description: 'Of then or before.' })
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
