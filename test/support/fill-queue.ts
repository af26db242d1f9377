import { randomUUID } from 'node:crypto';
import { keysOf } from '../../src/core/job-keys';
import { Database } from '../../src/storage/database';
import { AnswerEntity } from '../../src/storage/entities/answer.entity';
import { JobEntity } from '../../src/storage/entities/job.entity';
import { LinePlace, QueueLines } from '../../src/storage/jobs/queue-lines';
import { openDatabase } from '../../src/storage/open-database';
import { simulatedNote } from './simulated-note';

const AT_ONCE = 500;
const HOURS_AGO_MS = 7_200_000;

export interface Filling {
  count: number;
  kind: 'api' | 'chat';
  /** Chat users, who take turns; all calls of the API are one user's. */
  users: number;
}

/** Puts jobs into the job table, many at a time, as if they had come in one by one during the last hours. */
export async function fillQueue(databaseUrl: string, filling: Filling): Promise<void> {
  const database = await openDatabase(databaseUrl, { poolSize: 2 });
  const filler = new QueueFiller(database, filling);
  for (let from = 0; from < filling.count; from += AT_ONCE) await filler.add(from);
  await filler.lineUp();
  await database.close();
}

class QueueFiller {
  /** Sequences that have their first job. */
  private readonly begun = new Set<string>();
  /** Users' lines, each with one of its jobs. */
  private readonly places = new Map<string, LinePlace>();

  constructor(
    private readonly database: Database,
    private readonly filling: Filling,
  ) {}

  async add(from: number): Promise<void> {
    const to = Math.min(this.filling.count, from + AT_ONCE);
    await this.database.write(async (em) => {
      for (let n = from; n < to; n++) em.persist(this.row(n));
      await em.flush();
    });
  }

  async lineUp(): Promise<void> {
    const lines = new QueueLines(this.database.dialect);
    await this.database.write(async (em) => {
      for (const place of this.places.values()) await lines.lineChanged(em, place);
    });
  }

  private row(n: number): JobEntity {
    const note = simulatedNote(this.filling.kind, 1 + (n % this.filling.users), randomUUID());
    const createdAt = new Date(Date.now() - HOURS_AGO_MS + n);
    const job = { note, ...keysOf(note), priority: 0, createdAt };
    const row = new JobEntity(job, note.replyTo && new AnswerEntity(note.replyTo, createdAt));
    row.behind = job.sequenceKey !== undefined && this.begun.has(job.sequenceKey);
    if (job.sequenceKey) this.begun.add(job.sequenceKey);
    this.places.set(note.requester.id, row);
    return row;
  }
}
