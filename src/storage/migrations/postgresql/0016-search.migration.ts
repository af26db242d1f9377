import { Migration } from '@mikro-orm/migrations';

/** Where a transcript stands, down to the thread: who searches finds only what they can see there. */
export class SearchMigration extends Migration {
  override name = '0016-search';

  override up(): void {
    this.addSql("alter table job add column thread text not null default ''");
    this.addSql('alter table job add column direct boolean not null default false');
    const thread = "select address ->> 'thread' from answer where answer.id = answer_id";
    this.addSql(`update job set thread = coalesce((${thread}), '') where answer_id is not null`);
    const direct = "select id from answer where (address ->> 'direct')::boolean";
    this.addSql(
      `update job set direct = true where answer_id is not null and (workspace = '' or answer_id in (${direct}))`,
    );
    this.addSql(
      `create index job_found on job (platform, workspace, id, channel, thread)
       where status = 'done' and transcript_id is not null`,
    );
    this.addSql("create index job_of_thread on job (platform, workspace, thread, id) where thread <> ''");
  }

  override down(): void {
    for (const index of ['job_found', 'job_of_thread']) this.addSql(`drop index ${index}`);
    for (const column of ['thread', 'direct']) this.addSql(`alter table job drop column ${column}`);
  }
}
