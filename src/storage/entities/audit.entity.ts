import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { v7 as uuid } from 'uuid';
import { AuditAction, AuditEntry, AuditOutcome } from '../../core/audit-log';
import { ErrorCode } from '../../core/errors';
import { TokenRole } from '../../core/token-store';

/** One line of the audit log. */
@Entity({ tableName: 'audit' })
@Index({ name: 'audit_newest', properties: ['createdAt', 'id'] })
@Index({ name: 'audit_of_actor', properties: ['actor', 'createdAt', 'id'] })
@Index({ name: 'audit_of_action', properties: ['action', 'createdAt', 'id'] })
@Index({ name: 'audit_of_target', properties: ['target', 'createdAt', 'id'], where: 'target is not null' })
export class AuditEntity {
  /** Grows with time. */
  @PrimaryKey({ type: 'string' })
  id: string = uuid();

  @Property({ type: 'Date', length: 3 })
  createdAt: Date;

  @Property({ type: 'string' })
  actor: string;

  @Property({ type: 'string', nullable: true })
  role?: TokenRole;

  @Property({ type: 'string', nullable: true })
  address?: string;

  @Property({ type: 'string' })
  action: AuditAction;

  @Property({ type: 'string', nullable: true })
  target?: string;

  @Property({ type: 'string', nullable: true })
  detail?: string;

  @Property({ type: 'string' })
  outcome: AuditOutcome;

  @Property({ type: 'string', nullable: true })
  code?: ErrorCode;

  @Property({ type: 'integer', nullable: true })
  unrecorded?: number;

  constructor({ at, ...entry }: Omit<AuditEntry, 'id'>) {
    this.createdAt = at;
    this.actor = entry.actor;
    this.role = entry.role;
    this.address = entry.address;
    this.action = entry.action;
    this.target = entry.target;
    this.detail = entry.detail;
    this.outcome = entry.outcome;
    this.code = entry.code;
    this.unrecorded = entry.unrecorded;
  }
}
