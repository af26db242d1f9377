import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { AUDIT_ACTIONS, type AuditAction, AUDIT_OUTCOMES, type AuditOutcome } from '../../core/audit-log';
import { ERROR_CODES, type ErrorCode } from '../../core/errors';
import type { TokenRole } from '../../core/token-store';

@ApiSchema({ name: 'AuditEntry' })
export class AuditEntryView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: Date })
  at!: string;

  @ApiProperty({
    example: 'api:admin',
    description:
      '`api:admin` and `api:viewer` for hark’s own tokens, `api:oidc:<subject>` for those of an issuer, ' +
      '`<platform>:<user>` in chat, `nobody` without a valid token.',
  })
  actor!: string;

  @ApiPropertyOptional({ enum: ['admin', 'viewer'], description: 'Of calls to the API.' })
  role?: TokenRole;

  @ApiPropertyOptional({ example: '203.0.113.7', description: 'Network address of calls to the API.' })
  address?: string;

  @ApiProperty({ enum: AUDIT_ACTIONS, enumName: 'AuditAction', example: 'job.erase' })
  action!: AuditAction;

  @ApiPropertyOptional({ description: 'Id of what it was done to.' })
  target?: string;

  @ApiPropertyOptional({ example: 'whoMayAsk', description: 'What was changed, or which call was refused.' })
  detail?: string;

  @ApiProperty({ enum: AUDIT_OUTCOMES, enumName: 'AuditOutcome' })
  outcome!: AuditOutcome;

  @ApiPropertyOptional({ enum: ERROR_CODES, enumName: 'ErrorCode', example: 'forbidden' })
  code?: ErrorCode;

  @ApiPropertyOptional({
    example: 40,
    description:
      'Refused attempts from the same address before this one that were too many to be written down.',
  })
  unrecorded?: number;
}

/** One page of the log, newest first. */
@ApiSchema({ name: 'AuditPage' })
export class AuditPageView {
  @ApiProperty({ type: [AuditEntryView] })
  entries!: AuditEntryView[];

  @ApiProperty({ type: String, nullable: true, description: 'For the next page; null on the last one.' })
  nextCursor!: string | null;
}

/** Names every field it shows. */
export function viewOf(entry: Omit<AuditEntryView, 'at'> & { at: Date }): AuditEntryView {
  const { id, at, actor, role, address, action, target, detail, outcome, code, unrecorded } = entry;
  return {
    id,
    at: at.toISOString(),
    actor,
    role,
    address,
    action,
    target,
    detail,
    outcome,
    code,
    unrecorded,
  };
}
