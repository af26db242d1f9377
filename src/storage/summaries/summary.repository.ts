import { SqlEntityManager } from '@mikro-orm/sql';
import { PostedReply } from '../../core/job-events';
import { Summary, TokenUse } from '../../core/summary';
import { MonthlyUse, SummaryRun, SummaryStart, SummaryStore, TokenUser } from '../../core/summary-store';
import { Database } from '../database';
import { JobEntity } from '../entities/job.entity';
import { SummaryEntity } from '../entities/summary.entity';
import { SummaryPostEntity } from '../entities/summary-post.entity';
import { addUse, heldTokens, personOf, sumOf, useOf } from './token-use';

const NOTHING_YET = { input: 0, output: 0, estimated: false };
const FREE = { leaseOwner: null, leaseUntil: null, person: null, held: 0 };

/** Summaries in the database. Whoever writes one holds its row. */
export class SummaryRepository extends SummaryStore {
  constructor(private readonly database: Database) {
    super();
  }

  of(jobId: string): Promise<Summary[]> {
    return this.database.read(async (em) => {
      const written = { job: { id: jobId }, text: { $ne: null } };
      const rows = await em.find(SummaryEntity, written, { orderBy: { createdAt: 'desc', driver: 'asc' } });
      return rows.map((row) => toSummary(row, jobId));
    });
  }

  begin(run: SummaryRun, now: Date): Promise<SummaryStart> {
    const person = personOf(run.user);
    return this.database.write(async (em) => {
      const keys = [`summary ${run.jobId} ${run.driver}`, tokenLock(person)];
      await this.database.dialect.lock(em, keys);
      if (!(await em.findOne(JobEntity, { id: run.jobId }, { fields: ['id'] }))) return 'gone';
      const key = { job: run.jobId, driver: run.driver };
      const before = await em.findOne(SummaryEntity, key);
      if (before?.leaseUntil && before.leaseUntil > now) return 'busy';
      if (run.bound > 0) {
        const { input, output } = await useOf(em, person, run.month);
        if (input + output + (await heldTokens(em, person, now)) + run.tokens > run.bound) return 'no-tokens';
      }
      const hold = { leaseOwner: run.owner, leaseUntil: run.until, person, held: run.tokens };
      if (before) em.assign(before, hold);
      else em.create(SummaryEntity, { ...key, ...NOTHING_YET, ...hold });
      await em.flush();
      return 'begun';
    });
  }

  renew(owner: string, jobId: string, driver: string, until: Date): Promise<boolean> {
    const mine = { job: { id: jobId }, driver, leaseOwner: owner };
    return this.database.write(
      async (em) => (await em.nativeUpdate(SummaryEntity, mine, { leaseUntil: until })) > 0,
    );
  }

  finish(owner: string, { jobId, driver, use, ...summary }: Summary): Promise<boolean> {
    return this.database.write(async (em) => {
      const mine = { job: { id: jobId }, driver, leaseOwner: owner };
      const { text, digest, madeBy, way, createdAt } = summary;
      const written = { text, digest, madeBy, way, createdAt, ...use, ...FREE };
      return (await em.nativeUpdate(SummaryEntity, mine, written)) > 0;
    });
  }

  async abandon(owner: string, jobId: string, driver: string): Promise<void> {
    const mine = { job: { id: jobId }, driver, leaseOwner: owner };
    await this.database.write(async (em) => {
      await em.nativeDelete(SummaryEntity, { ...mine, text: null });
      await em.nativeUpdate(SummaryEntity, mine, FREE);
    });
  }

  async charge(user: TokenUser, month: string, use: TokenUse): Promise<void> {
    const person = personOf(user);
    await this.database.write(async (em) => {
      await this.database.dialect.lock(em, [tokenLock(person)]);
      await addUse(em, person, month, use);
    });
  }

  usage(user: TokenUser): Promise<MonthlyUse[]> {
    return this.database.read((em) => sumOf(em, { person: personOf(user) }));
  }

  async sum(month: string): Promise<MonthlyUse> {
    const [sum] = await this.database.read((em) => sumOf(em, { month }));
    return sum ?? { month, summaries: 0, ...NOTHING_YET };
  }

  addPost(jobId: string, posted: PostedReply): Promise<boolean> {
    return this.database.write(async (em) => {
      const job = await em.findOne(JobEntity, { id: jobId }, { fields: ['id'] });
      if (job) await em.persist(new SummaryPostEntity(job as JobEntity, posted)).flush();
      return job !== null;
    });
  }

  posts(jobId: string): Promise<PostedReply[]> {
    return this.database.read((em) => postsOf(em, jobId));
  }
}

async function postsOf(em: SqlEntityManager, jobId: string): Promise<PostedReply[]> {
  const rows = await em.find(SummaryPostEntity, { job: { id: jobId } }, { orderBy: { id: 'asc' } });
  return rows.map(({ posted }) => posted);
}

const tokenLock = (person: string): string => `tokens ${person}`;

function toSummary(row: SummaryEntity, jobId: string): Summary {
  const { driver, digest, text, madeBy, way, input, output, estimated, createdAt } = row;
  return {
    jobId,
    driver,
    madeBy: madeBy ?? driver,
    way: way ?? 'written',
    text: text ?? '',
    digest: digest ?? '',
    use: { input, output, estimated },
    createdAt: createdAt ?? new Date(0),
  };
}
