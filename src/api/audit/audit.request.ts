import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsDate, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { AUDIT_ACTIONS, type AuditAction } from '../../core/audit-log';
import { dateOf } from '../timestamps';

/** What the audit log can be narrowed to. */
export class AuditRequest {
  @ApiPropertyOptional({ format: 'date-time', description: 'Then or later.' })
  @IsOptional()
  @Transform(dateOf)
  @IsDate({ message: 'since must be a date and time such as 2025-01-31T12:00:00Z' })
  since?: Date;

  @ApiPropertyOptional({ format: 'date-time', description: 'Then or before.' })
  @IsOptional()
  @Transform(dateOf)
  @IsDate({ message: 'until must be a date and time such as 2025-01-31T12:00:00Z' })
  until?: Date;

  @ApiPropertyOptional({ example: 'api:admin' })
  @IsOptional()
  @MaxLength(300)
  @IsString()
  actor?: string;

  @ApiPropertyOptional({ enum: AUDIT_ACTIONS, enumName: 'AuditAction' })
  @IsOptional()
  @IsIn(AUDIT_ACTIONS, { message: `action must be one of ${AUDIT_ACTIONS.join(', ')}` })
  action?: AuditAction;

  @ApiPropertyOptional({
    example: 'discord:user:80351110224678912',
    description: 'Id of what it was done to; of people and places `<platform>:<kind>:<id>`.',
  })
  @IsOptional()
  @MaxLength(310)
  @IsString()
  target?: string;

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
