import { SqlEntityManager } from '@mikro-orm/sql';
import { v7 as uuid } from 'uuid';
import { foldedWords } from '../../src/storage/dialects/tsvector-search';
import { Orm } from '../../src/storage/dialects/database-dialect';
import { randomNumbers } from '../support/sounds';

const WORDS = 'kettle river garden window music letter station winter doctor coffee'.split(' ');
const PLATFORMS = ['discord', 'discord', 'discord', 'slack', 'api'];
const BATCH = 500;
const random = randomNumbers(3);
const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;

type Row = Record<string, unknown>;

/** Stores so many queued and so many done jobs, a hundred of each user, straight into the tables. */
export async function fill(orm: Orm, jobs: number): Promise<void> {
  const em = orm.em.fork();
  // One a second, until now.
  const begun = Date.now() - 2 * jobs * 1000;
  for (let at = 0; at < jobs; at += BATCH) {
    await em.transactional(async (own) => {
      const [answers, transcripts, rows, words]: Row[][] = [[], [], [], []];
      for (let index = at; index < Math.min(jobs, at + BATCH); index++) {
        for (const status of ['done', 'queued'] as const) {
          const created = new Date(begun + (status === 'done' ? index : jobs + index) * 1000);
          const platform = pick(PLATFORMS);
          const user = `user-${Math.floor((random() * jobs) / 10)}`;
          const answer = platform === 'api' ? undefined : answerRow(platform, `channel of ${user}`, created);
          if (answer) answers?.push(answer);
          const transcript = status === 'done' ? transcriptRow(index + 1_000_000) : undefined;
          if (transcript) {
            transcripts?.push(transcript);
            const folded = ` ${foldedWords(String(transcript.text)).join(' ')} `;
            words?.push({ transcript_id: transcript.id, words: folded });
          }
          rows?.push(jobRow({ status, platform, user, created, answer, transcript }));
        }
      }
      await insert(own, 'answer', answers ?? []);
      await insert(own, 'transcript', transcripts ?? []);
      if (orm.config.get('driver')?.name === 'PostgreSqlDriver') {
        await insert(own, 'transcript_search', words ?? []);
      }
      await insert(own, 'job', rows ?? []);
    });
  }
  await em.execute(`insert into queue_line
    select platform, requester_id, priority, workspace, channel, lengthy, answer_id is not null, null,
      0, 0, fair_at - 3600000, id, fair_at, length
    from (select *, row_number() over (
        partition by platform, requester_id, priority, workspace, channel, lengthy order by fair_at, id
      ) as place from job where status = 'queued') as head
    where place = 1`);
}

function answerRow(platform: string, channel: string, created: Date): Row {
  const id = uuid();
  const address = { platform, channel, message: id };
  return {
    ...{ id, key: JSON.stringify([id]), platform, channel, message: id },
    ...{ address: JSON.stringify(address), revision: 1, attempts: 0, created_at: created },
  };
}

function transcriptRow(id: number): Row {
  const said = Array.from({ length: 30 }, () => pick(WORDS));
  const text = [...said, `rare${id % 1_000_000}`].join(' ');
  const segments = JSON.stringify([{ start: 0, end: 12, text, confidence: 0.9 }]);
  return { id, text, language: 'en', language_detected: true, segments, seconds: 12 };
}

interface JobFacts {
  status: 'done' | 'queued';
  platform: string;
  user: string;
  created: Date;
  answer?: Row;
  transcript?: Row;
}

function jobRow({ status, platform, user, created, answer, transcript }: JobFacts): Row {
  const done = status === 'done';
  return {
    ...{
      id: uuid(),
      status,
      progress: done ? 1 : 0,
      priority: 0,
      platform,
      author_id: user,
      requester_id: user,
    },
    ...{ trigger: 'request', source: JSON.stringify({ kind: 'link', url: `https://example.org/${uuid()}` }) },
    ...{
      options: '{"language":"auto","translate":false}',
      private: random() < 0.1,
      fresh: false,
      position: 0,
    },
    ...{ dedupe_key: uuid(), content_key: uuid(), sequence_key: null, behind: false, attempts: 0 },
    ...{ answer_id: answer?.id ?? null, transcript_id: transcript?.id ?? null, media: '{"seconds":12}' },
    ...{ workspace: answer ? 'w' : '', channel: answer?.channel ?? '', lengthy: false, length: 12_000 },
    ...{ fair_at: created.getTime() + 12_000, decoded_seconds: done ? 12 : null, created_at: created },
    ...{ timings: done ? '{"engine":900}' : '{}', started_at: done ? created : null },
    ...{ finished_at: done ? created : null },
  };
}

async function insert(em: SqlEntityManager, table: string, rows: Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const values = rows.map(() => `(${columns.map(() => '?').join(', ')})`).join(', ');
  await em.execute(
    `insert into ${table} (${columns.join(', ')}) values ${values}`,
    rows.flatMap((row) => columns.map((column) => row[column])),
  );
}
