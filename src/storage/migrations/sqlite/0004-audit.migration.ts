import { Migration } from '@mikro-orm/migrations';

/** Who did what. */
export class AuditMigration extends Migration {
  override name = '0004-audit';

  override up(): void {
    this.addSql(`create table audit (
      id text not null primary key,
      created_at datetime not null,
      actor text not null,
      role text null,
      address text null,
      action text not null,
      target text null,
      detail text null,
      outcome text not null,
      code text null,
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
