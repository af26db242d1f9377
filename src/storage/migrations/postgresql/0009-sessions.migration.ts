import { Migration } from '@mikro-orm/migrations';

/** Who is signed in at the console. */
export class SessionsMigration extends Migration {
  override name = '0009-sessions';

  override up(): void {
    this.addSql(
      `create table session (
        id text collate "C" not null primary key,
        sealed text collate "C" not null,
        expires_at timestamptz(3) not null
      )`,
    );
    this.addSql('create index session_expiry on session (expires_at)');
  }

  override down(): void {
    this.addSql('drop table session');
  }
}
