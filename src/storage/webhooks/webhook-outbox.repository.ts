import { EntityData, FilterQuery, SqlEntityManager, raw } from '@mikro-orm/sql';
import { Lease } from '../../core/job-store';
import { ClaimedDelivery, DeliveryVerdict, WebhookDelivery } from '../../core/webhook';
import { WebhookOutbox } from '../../core/webhook-store';
import { Database } from '../database';
import { earliest } from '../earliest.query';
import { WebhookDeliveryEntity } from '../entities/webhook-delivery.entity';
import { WebhookEntity } from '../entities/webhook.entity';
import { toDelivery } from './webhook.mapper';
import { WebhookSeal } from './webhook-seal';

/** Settled deliveries that are kept of each webhook, to be looked at. */
const KEPT = 50;
const RELEASED = { leaseOwner: null, leaseUntil: null };

/** Deliveries, from their first attempt to their last. Only the owner of the lease can write. */
export class WebhookOutboxRepository extends WebhookOutbox {
  constructor(
    private readonly database: Database,
    private readonly seal: WebhookSeal,
  ) {
    super();
  }

  due(limit: number, now: Date, except: readonly string[]): Promise<WebhookDelivery[]> {
    return this.database.read(async (em) => {
      const rows = await em.find(
        WebhookDeliveryEntity,
        {
          $and: [waiting(), free(now), { nextAt: { $lte: now } }, { webhook: { id: { $nin: [...except] } } }],
        },
        { orderBy: { nextAt: 'asc', id: 'asc' }, limit },
      );
      return rows.map(toDelivery);
    });
  }

  /** That of a lease's end, too. */
  nextDueAt(now: Date): Promise<Date | undefined> {
    const waits = "select min(next_at) as due from webhook_delivery where state = 'waiting' and next_at > ?";
    const held = `select min(lease_until) as due from webhook_delivery
      where state = 'waiting' and lease_owner is not null and lease_until > ?`;
    return this.database.read((em) => earliest(em, [waits, held], [now, now]));
  }

  async claim(id: string, lease: Lease, now: Date): Promise<ClaimedDelivery | undefined> {
    const row = await this.database.write(async (em) => {
      const claimed = await em.nativeUpdate(
        WebhookDeliveryEntity,
        { $and: [{ id, state: 'waiting' }, free(now)] },
        { leaseOwner: lease.owner, leaseUntil: lease.until, attempts: raw('attempts + 1') },
      );
      return claimed > 0
        ? em.findOneOrFail(WebhookDeliveryEntity, { id }, { populate: ['webhook'] })
        : undefined;
    });
    return row && this.opened(row);
  }

  async release(): Promise<void> {
    const claimed = { state: 'waiting' as const, leaseOwner: { $ne: null } };
    await this.database.write((em) => em.nativeUpdate(WebhookDeliveryEntity, claimed, RELEASED));
  }

  async addPing(webhookId: string, lease: Lease, now: Date): Promise<ClaimedDelivery | undefined> {
    const row = await this.database.write(async (em) => {
      const webhook = await em.findOne(WebhookEntity, { id: webhookId });
      if (!webhook) return undefined;
      const ping = new WebhookDeliveryEntity(webhook, 'ping', now);
      Object.assign(ping, { leaseOwner: lease.owner, leaseUntil: lease.until, attempts: 1 });
      await em.persist(ping).flush();
      return ping;
    });
    return row && this.opened(row);
  }

  settle(id: string, owner: string, verdict: DeliveryVerdict, now: Date): Promise<boolean> {
    return this.database.write(async (em) => {
      const held = { id, leaseOwner: owner, state: 'waiting' as const };
      const row = await em.findOne(WebhookDeliveryEntity, held, { fields: ['webhook', 'event'] });
      if (!row) return false;
      const webhook = row.webhook.id;
      // Before any of its rows: switching it off changes all of them.
      await this.database.dialect.lock(em, [webhookLock(webhook)]);
      if ((await em.nativeUpdate(WebhookDeliveryEntity, held, settled(verdict, now))) === 0) return false;
      // What an admin tries out says nothing of what goes on by itself, unless it arrives.
      if (row.event !== 'ping' || verdict.state === 'delivered') await this.tell(em, webhook, verdict, now);
      if (verdict.state !== 'waiting') await forget(em, webhook);
      return true;
    });
  }

  private async tell(em: SqlEntityManager, id: string, verdict: DeliveryVerdict, now: Date): Promise<void> {
    if (verdict.state === 'delivered') {
      await em.nativeUpdate(WebhookEntity, { id, failingSince: { $ne: null } }, { failingSince: null });
      return;
    }
    if (verdict.state === 'waiting' && verdict.uncounted) return;
    await em.nativeUpdate(WebhookEntity, { id, failingSince: null }, { failingSince: now });
    if (verdict.state !== 'failed' || verdict.disable === undefined) return;
    const disabled = { disabledAt: now, disabledReason: verdict.disable };
    if ((await em.nativeUpdate(WebhookEntity, { id, disabledAt: null }, disabled)) === 0) return;
    const given = {
      state: 'failed' as const,
      settledAt: now,
      nextAt: null,
      problem: 'The webhook was switched off.',
    };
    await em.nativeUpdate(
      WebhookDeliveryEntity,
      { webhook: { id }, state: 'waiting' },
      { ...given, ...RELEASED },
    );
  }

  private async opened(row: WebhookDeliveryEntity): Promise<ClaimedDelivery> {
    const { webhook } = row;
    const target = await this.seal.open(webhook.sealed, webhook.id);
    const { failingSince } = webhook;
    return { ...toDelivery(row), ...(target && { target }), ...(failingSince && { failingSince }) };
  }
}

/** What changes a webhook together with its deliveries takes this first. */
export function webhookLock(id: string): string {
  return `webhook ${id}`;
}

function waiting(): FilterQuery<WebhookDeliveryEntity> {
  return { state: 'waiting' };
}

function free(now: Date): FilterQuery<WebhookDeliveryEntity> {
  return { $or: [{ leaseOwner: null }, { leaseUntil: { $lte: now } }] };
}

function settled(verdict: DeliveryVerdict, now: Date): EntityData<WebhookDeliveryEntity> {
  const status = verdict.status ?? null;
  if (verdict.state === 'delivered')
    return { ...RELEASED, state: 'delivered', status, problem: null, settledAt: now, nextAt: null };
  const { state, problem } = verdict;
  if (state === 'failed') return { ...RELEASED, state, status, problem, settledAt: now, nextAt: null };
  const again = { ...RELEASED, nextAt: verdict.nextAt };
  // EntityData's type has no place for raw parts of statements.
  if (verdict.uncounted) return { ...again, attempts: raw('attempts - 1') };
  return { ...again, status, problem };
}

/** The oldest of those that are settled go. */
async function forget(em: SqlEntityManager, webhookId: string): Promise<void> {
  const where = { webhook: { id: webhookId }, state: { $ne: 'waiting' as const } };
  const [oldest] = await em.find(WebhookDeliveryEntity, where, {
    fields: ['id'],
    orderBy: { id: 'desc' },
    offset: KEPT - 1,
    limit: 1,
  });
  if (oldest) await em.nativeDelete(WebhookDeliveryEntity, { ...where, id: { $lt: oldest.id } });
}
