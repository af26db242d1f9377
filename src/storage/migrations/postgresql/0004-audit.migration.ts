import { Migration } from '@mikro-orm/migrations';

/** Compared byte by byte: no update of the system's languages can put an index out of order. */
const TEXT = 'text collate "C"';

/** Who did what. */
export class AuditMigration extends Migration {
  override name = '0004-audit';

  override up(): void {
    this.addSql(`create table audit (
      id ${TEXT} not null primary key,
      created_at timestamptz(3) not null,
      actor ${TEXT} not null,
      role ${TEXT} null,
      address ${TEXT} null,
      action ${TEXT} not null,
      target ${TEXT} null,
      detail ${TEXT} null,
      outcome ${TEXT} not null,
      code ${TEXT} null,
      unrecorded integer null
    )`);
    this.addSql('create index audit_newest on audit (created_at, id)');
    this.addSql('create index audit_of_actor on audit (actor, created_at, id)');
    this.addSql('create index audit_of_action on audit (action, created_at, id)');
    this.addSql('create index audit_of_target on audit (target, created_at, id) where target is not null');
  }

  override down(): void {
    this.addSql('drop table audit');
  }
}
