import { Answer, Reply } from '../../core/answer';
import { AnswerPlace, AnswerStore, ClaimedAnswer } from '../../core/answer-store';
import { JobError } from '../../core/job';
import { HeldLease, Lease } from '../../core/job-store';
import { PlatformName, ReplyAddress } from '../../core/voice-note';
import { Database } from '../database';
import { AnswerEntity } from '../entities/answer.entity';
import { JobEntity } from '../entities/job.entity';
import { JobLocks } from '../jobs/job-locks';
import { ofPlatform } from '../jobs/job-rows';
import { AnswerDeliveries } from './answer-deliveries';
import { heldAnswers, takeBack } from './answer-leases';
import { inTerm } from './term-fence';
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

  ofFile(platform: PlatformName, file: string): Promise<Answer[]> {
    return this.database.read(async (em) => {
      const jobs = await em.find(
        JobEntity,
        { $and: [{ fileId: file, answer: { $ne: null } }, ofPlatform(platform)] },
        { fields: ['answer'], orderBy: { createdAt: 'asc', id: 'asc' } },
      );
      const ids = [...new Set(jobs.flatMap(({ answer }) => answer?.id ?? []))];
      const rows = await em
        .fork()
        .find(AnswerEntity, { id: { $in: ids } }, { orderBy: { createdAt: 'asc' } });
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

  saveReply(id: string, reply: Reply, by: { owner?: string; term?: number } = {}): Promise<boolean> {
    const free = { id, leaseOwner: by.owner ?? null, ...inTerm(by.term) };
    return this.database.write(async (em) => (await em.nativeUpdate(AnswerEntity, free, { reply })) > 0);
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

  claim(id: string, lease: Lease & { term?: number }, now: Date): Promise<ClaimedAnswer | undefined> {
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

  fail(
    id: string,
    owner: string,
    failed: { revision: number; error: JobError; again?: Date },
    now: Date,
  ): Promise<string[]> {
    const outcome = { status: 'failed' as const, ...failed };
    return this.database.write((em) => this.deliveries.settle(em, id, owner, outcome, now));
  }

  leases(): Promise<HeldLease[]> {
    return this.database.read((em) => heldAnswers(em));
  }

  takeBack(leases: readonly HeldLease[], now: Date): Promise<string[]> {
    return this.database.write((em) => takeBack(em, leases, now));
  }
}
