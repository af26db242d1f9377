import { Migration } from '@mikro-orm/migrations';

/** The latest time in office, and what brought attempts to a sudden end. */
export class FleetMigration extends Migration {
  override name = '0005-fleet';

  override up(): void {
    this.addSql(
      `create table term (
        office text not null primary key,
        number integer not null,
        holder text not null,
        since datetime not null,
        seen_at datetime not null,
        over integer not null
      )`,
    );
    this.addSql('alter table job add column crashes integer not null default 0');
    this.addSql('alter table job add column losses integer not null default 0');
  }

  override down(): void {
    this.addSql('alter table job drop column losses');
    this.addSql('alter table job drop column crashes');
    this.addSql('drop table term');
  }
}
