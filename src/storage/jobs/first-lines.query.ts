import { SqlEntityManager } from '@mikro-orm/sql';
import { ReadyRules } from '../../core/job-store';
import { Line } from './fair-order';
import { OPEN } from './queue-lines';
import { Place, WorkUnderWay } from './work-under-way';

interface LineRow {
  platform: string;
  requester_id: string;
  priority: number;
  workspace: string;
  channel: string;
  lengthy: boolean | number;
  chat: boolean | number;
  running: number;
  served_at: number;
  due_at: number;
}

interface JobRow {
  line: number;
  id: string;
  fair_at: number;
  length: number;
  active_limit: number | null;
}

const COLUMNS: Readonly<Record<Place['kind'], string>> = {
  server: 'workspace',
  channel: 'channel',
  user: 'requester_id',
};

/** Databases take only so many selects in one. */
const LINES_AT_A_TIME = 200;

/** The lines that are served first, with the first of their jobs: each by an index, however many wait. */
export class FirstLines {
  constructor(
    private readonly rules: ReadyRules,
    private readonly underWay: WorkUnderWay,
    private readonly except: readonly string[],
  ) {}

  /** @param most of each class of length @param depth jobs of each line */
  async find(em: SqlEntityManager, most: number, depth: number): Promise<Line[]> {
    const classes = this.underWay.isFullOfLengthy ? [false] : [false, true];
    const lines: Line[] = [];
    for (const lengthy of classes) lines.push(...(await this.linesOf(em, lengthy, most)));
    for (let from = 0; from < lines.length; from += LINES_AT_A_TIME) {
      await this.addJobs(em, lines.slice(from, from + LINES_AT_A_TIME), depth);
    }
    return lines;
  }

  /** In their order, none of users or places that have as much under way as they may. */
  private async linesOf(em: SqlEntityManager, lengthy: boolean, most: number): Promise<Line[]> {
    const { activeJobsPerUser: limit, jobsOfOne } = this.rules;
    const full = [...this.underWay.fullPlaces, ...(lengthy ? this.underWay.fullOfLengthy : [])];
    const places = full.map(({ kind }) => `and not (platform = ? and ${COLUMNS[kind]} = ?)`).join(' ');
    const rows = await em.execute<LineRow[]>(
      `select platform, requester_id, priority, workspace, channel, lengthy, chat, running, served_at, due_at
       from queue_line where lengthy = ${lengthy} and running < ? and (
         chat = false or coalesce(active_limit, ?) = 0 or running < coalesce(active_limit, ?)
       ) ${places} order by priority desc, running, due_at, head_id limit ?`,
      [jobsOfOne, limit, limit, ...full.flatMap(({ platform, scopeId }) => [platform, scopeId]), most],
    );
    return rows.map(({ requester_id: requesterId, served_at: servedAt, due_at: dueAt, chat, ...row }) => ({
      ...row,
      requesterId,
      servedAt,
      dueAt,
      lengthy,
      chat: Boolean(chat),
      jobs: [],
    }));
  }

  /** One select a line, so that each is read from its place in the index and no further. */
  private async addJobs(em: SqlEntityManager, lines: readonly Line[], depth: number): Promise<void> {
    if (lines.length === 0) return;
    const handedOut = this.except.length > 0 ? `and id not in (${this.except.map(() => '?').join()})` : '';
    const selects = lines.map(
      ({ lengthy }, index) =>
        `select * from (
           select ${index} as line, id, fair_at, length, active_limit from job
           where ${OPEN} and platform = ? and requester_id = ? and priority = ? and workspace = ? and channel = ?
             and lengthy = ${lengthy} ${handedOut} order by fair_at, id limit ?
         ) as line_${index}`,
    );
    const rows = await em.execute<JobRow[]>(
      selects.join(' union all '),
      lines.flatMap(({ platform, requesterId, priority, workspace, channel }) => {
        return [platform, requesterId, priority, workspace, channel, ...this.except, depth];
      }),
    );
    for (const { line, id, fair_at: fairAt, length, active_limit: limit } of rows) {
      lines[line]?.jobs.push({ id, fairAt, length, activeLimit: limit ?? undefined });
    }
  }
}
