import { Migration } from '@mikro-orm/migrations';

/** The latest time in office, and what brought attempts to a sudden end. */
export class FleetMigration extends Migration {
  override name = '0005-fleet';

  override up(): void {
    this.addSql(
      `create table term (
        office text collate "C" not null primary key,
        number integer not null,
        holder text collate "C" not null,
        since timestamptz(3) not null,
        seen_at timestamptz(3) not null,
        over boolean not null
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
