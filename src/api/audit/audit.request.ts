import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { AUDIT_ACTIONS, type AuditAction } from '../../core/audit-log';
import { PageRequest } from '../page.request';

/** What the audit log can be narrowed to. */
export class AuditRequest extends PageRequest {
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
}
