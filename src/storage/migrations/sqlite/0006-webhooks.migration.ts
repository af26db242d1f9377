import { Migration } from '@mikro-orm/migrations';

/** Who is told when jobs end, and what they are told. */
export class WebhooksMigration extends Migration {
  override name = '0006-webhooks';

  override up(): void {
    this.addSql(`create table webhook (
      id text not null primary key,
      sealed text not null,
      events json not null,
      created_at datetime not null,
      failing_since datetime null,
      disabled_at datetime null,
      disabled_reason text null
    )`);
    this.addSql(`create table webhook_delivery (
      id text not null primary key,
      webhook_id text not null,
      job_id text null,
      event text not null,
      error json null,
      happened_at datetime not null,
      state text not null default 'waiting',
      attempts integer not null default 0,
      next_at datetime null,
      lease_owner text null,
      lease_until datetime null,
      settled_at datetime null,
      status integer null,
      problem text null,
      constraint webhook_delivery_webhook_id_foreign foreign key (webhook_id) references webhook (id) on delete cascade,
      constraint webhook_delivery_job_id_foreign foreign key (job_id) references job (id) on delete cascade
    )`);
    this.addSql(
      "create index webhook_delivery_due on webhook_delivery (next_at, id) where state = 'waiting'",
    );
    this.addSql('create index webhook_delivery_newest on webhook_delivery (webhook_id, id)');
    this.addSql('create index webhook_delivery_of_job on webhook_delivery (job_id)');
  }

  override down(): void {
    this.addSql('drop table webhook_delivery');
    this.addSql('drop table webhook');
  }
}
