import { Answer, Reply } from '../../core/answer';
import { AnswerPlace, AnswerStore, ClaimedAnswer } from '../../core/answer-store';
import { JobError } from '../../core/job';
import { Lease } from '../../core/job-store';
import { PlatformName, ReplyAddress } from '../../core/voice-note';
import { Database } from '../database';
import { AnswerEntity } from '../entities/answer.entity';
import { JobLocks } from '../jobs/job-locks';
import { AnswerDeliveries } from './answer-deliveries';
import { anyAnswerExpired, expireAnswers, releaseAnswers } from './answer-leases';
import { withParts } from './answer-parts.query';
import { countDueAnswers, dueAnswers, nextAnswerDueAt } from './due-answers.query';

/** Answers and their deliveries. Every method that writes is one transaction. */
export class AnswerRepository extends AnswerStore {
  private readonly deliveries: AnswerDeliveries;

  constructor(private readonly database: Database) {
    super();
    this.deliveries = new AnswerDeliveries(new JobLocks(database.dialect));
  }

  find(id: string): Promise<Answer | undefined> {
    return this.database.read(async (em) => {
      const row = await em.findOne(AnswerEntity, { id });
      return row ? withParts(em, row) : undefined;
    });
  }

  ofMessage(platform: PlatformName, channel: string, message: string): Promise<Answer[]> {
    return this.database.read(async (em) => {
      const rows = await em.find(
        AnswerEntity,
        { platform, channel, message },
        { orderBy: { createdAt: 'asc', id: 'asc' } },
      );
      const answers: Answer[] = [];
      for (const row of rows) answers.push(await withParts(em, row));
      return answers;
    });
  }

  inPlace(platform: PlatformName, place: AnswerPlace): Promise<string[]> {
    // Only channels have an index: whole servers and threads are seldom lost.
    const where = 'channel' in place ? { platform, ...place } : { platform, address: place };
    return this.database.read(async (em) => {
      const rows = await em.find(AnswerEntity, where, {
        fields: ['id'],
        orderBy: { createdAt: 'asc', id: 'asc' },
      });
      return rows.map(({ id }) => id);
    });
  }

  saveReply(id: string, reply: Reply, owner?: string): Promise<boolean> {
    return this.database.write(
      async (em) => (await em.nativeUpdate(AnswerEntity, { id, leaseOwner: owner ?? null }, { reply })) > 0,
    );
  }

  async saveAddress(id: string, address: ReplyAddress): Promise<void> {
    await this.database.write((em) => em.nativeUpdate(AnswerEntity, { id }, { address }));
  }

  ready(limit: number, now: Date, except: readonly string[]): Promise<string[]> {
    return this.database.read((em) => dueAnswers(em, limit, now, except));
  }

  countWaiting(now: Date, most: number): Promise<number> {
    return this.database.read((em) => countDueAnswers(em, now, most));
  }

  nextDueAt(now: Date): Promise<Date | undefined> {
    return this.database.read((em) => nextAnswerDueAt(em, now));
  }

  claim(id: string, lease: Lease, now: Date): Promise<ClaimedAnswer | undefined> {
    return this.database.write((em) => this.deliveries.claim(em, id, lease, now));
  }

  renewLease(id: string, { owner, until }: Lease): Promise<boolean> {
    return this.database.write(
      async (em) =>
        (await em.nativeUpdate(AnswerEntity, { id, leaseOwner: owner }, { leaseUntil: until })) > 0,
    );
  }

  finish(
    id: string,
    owner: string,
    delivered: { revision: number; reply: Reply; milliseconds: number },
    now: Date,
  ): Promise<string[]> {
    const outcome = { status: 'done' as const, ...delivered };
    return this.database.write((em) => this.deliveries.settle(em, id, owner, outcome, now));
  }

  handBack(id: string, owner: string, back: { availableAt: Date; uncounted?: boolean }): Promise<boolean> {
    return this.database.write((em) => this.deliveries.handBack(em, id, owner, back));
  }

  fail(id: string, owner: string, revision: number, error: JobError, now: Date): Promise<string[]> {
    const outcome = { status: 'failed' as const, revision, error };
    return this.database.write((em) => this.deliveries.settle(em, id, owner, outcome, now));
  }

  async expireLeases(now: Date): Promise<string[]> {
    if (!(await this.database.read((em) => anyAnswerExpired(em, now)))) return [];
    return this.database.write((em) => expireAnswers(em, now));
  }

  releaseLeases(ownerPrefix: string, now: Date): Promise<string[]> {
    return this.database.write((em) => releaseAnswers(em, ownerPrefix, now));
  }
}
