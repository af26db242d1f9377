import { Migration } from '@mikro-orm/migrations';

/** Compared byte by byte: no update of the system's languages can put an index out of order. */
const TEXT = 'text collate "C"';

/** Who is told when jobs end, and what they are told. */
export class WebhooksMigration extends Migration {
  override name = '0006-webhooks';

  override up(): void {
    this.addSql(`create table webhook (
      id ${TEXT} not null primary key,
      sealed ${TEXT} not null,
      events jsonb not null,
      created_at timestamptz(3) not null,
      failing_since timestamptz(3) null,
      disabled_at timestamptz(3) null,
      disabled_reason ${TEXT} null
    )`);
    this.addSql(`create table webhook_delivery (
      id ${TEXT} not null primary key,
      webhook_id ${TEXT} not null,
      job_id ${TEXT} null,
      event ${TEXT} not null,
      error jsonb null,
      happened_at timestamptz(3) not null,
      state ${TEXT} not null default 'waiting',
      attempts integer not null default 0,
      next_at timestamptz(3) null,
      lease_owner ${TEXT} null,
      lease_until timestamptz(3) null,
      settled_at timestamptz(3) null,
      status integer null,
      problem ${TEXT} null,
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
