import { SqlEntityManager } from '@mikro-orm/sql';
import { DRAFTED } from '../../core/fair-share';
import { ReadyRules } from '../../core/job-store';
import { PlatformName } from '../../core/voice-note';
import { PreferenceEntity } from '../entities/preference.entity';

/** Where a job belongs, and whose it is. */
export interface Belonging {
  platform: PlatformName;
  requesterId: string;
  workspace: string;
  channel: string;
  lengthy: boolean;
  /** Has somebody to answer; nobody else is limited. */
  chat: boolean;
}

/** A channel or server, or a user. */
export type Place = Pick<PreferenceEntity, 'platform' | 'kind' | 'scopeId'>;

interface WorkRow extends Record<'platform' | 'requester_id' | 'workspace' | 'channel' | 'status', string> {
  lengthy: boolean | number;
  chat: boolean | number;
  priority: number;
}

const FACTS =
  'status, priority, platform, requester_id, workspace, channel, lengthy, answer_id is not null as chat';

/** What is running or was handed out, and how many more that leaves room for. */
export class WorkUnderWay {
  private readonly handedOut = new Map<string, number>();
  /** Lengthy jobs of each user. */
  private readonly lengthyOf = new Map<string, number>();
  private readonly load = new Map<string, number>();
  private readonly places = new Map<string, Place>();
  private readonly users = new Map<string, Place>();
  /** Limits of places that were looked up; undefined is the usual one. */
  private readonly limits = new Map<string, number | undefined>();
  private lengthy = 0;
  private notes = 0;

  private constructor(private readonly rules: ReadyRules) {}

  /** @param except ids that were handed out; they need not have been claimed yet */
  static async look(
    em: SqlEntityManager,
    rules: ReadyRules,
    except: readonly string[],
  ): Promise<WorkUnderWay> {
    const ids = except.map(() => '?').join();
    const handedOut = ids && ` union all select ${FACTS} from job where status = 'queued' and id in (${ids})`;
    const rows = await em.execute<WorkRow[]>(
      `select ${FACTS} from job where status = 'running'${handedOut}`,
      [...except],
    );
    const found = new WorkUnderWay(rules);
    for (const row of rows) found.count(row);
    await found.learnLimits(em, found.places.values());
    return found;
  }

  /** To be called for every place before there is room to be found for jobs of it. */
  async learnLimits(em: SqlEntityManager, places: Iterable<Place>): Promise<void> {
    const unknown = new Map([...places].map((place) => [keyOf(place), place]));
    for (const key of this.limits.keys()) unknown.delete(key);
    if (unknown.size === 0) return;
    for (const key of unknown.keys()) this.limits.set(key, undefined);
    // As few conditions as can be, for this is asked before every note; a place too many does no harm.
    const ofPlatforms = [...Map.groupBy(unknown.values(), ({ platform }) => platform)];
    const $or = ofPlatforms.map(([platform, places]) => ({
      platform,
      kind: { $in: ['server' as const, 'channel' as const] },
      scopeId: { $in: places.map(({ scopeId }) => scopeId) },
    }));
    const rows = await em.find(PreferenceEntity, { $or, quota: { $ne: null } }, { fields: ['quota'] });
    for (const row of rows) this.limits.set(keyOf(row), row.quota?.limits?.activeJobs);
  }

  handedOutTo(owner: Pick<Belonging, 'platform' | 'requesterId'>): number {
    return this.handedOut.get(userKey(owner)) ?? 0;
  }

  /** There is something else to be done than to improve drafts, which does not last. */
  get holdsNotes(): boolean {
    return this.notes > 0;
  }

  /** No lengthy job may begin now. */
  get isFullOfLengthy(): boolean {
    return this.lengthy >= this.rules.lengthyJobs;
  }

  /** Where no job may begin now. */
  get fullPlaces(): Place[] {
    return [...this.places.values()].filter((place) => this.isFull(place));
  }

  /** Of whom no lengthy job may begin now. */
  get fullOfLengthy(): Place[] {
    const isFull = (key: string): boolean => (this.lengthyOf.get(key) ?? 0) >= this.rules.lengthyJobsOfOne;
    return [...this.users].filter(([key]) => isFull(key)).map(([, user]) => user);
  }

  isFull(place: Place): boolean {
    return this.roomIn(place) <= 0;
  }

  /**
   * The groups a job belongs to that have a limit, and how many more of each may begin.
   *
   * @param running the user's running jobs
   * @param activeLimit how many there may be; 0 = any number, undefined = as usual
   */
  roomFor(job: Belonging, running: number, activeLimit?: number): [group: string, room: number][] {
    const groups: [string, number][] = [];
    const { jobsOfOne, lengthyJobs, lengthyJobsOfOne } = this.rules;
    const user = userKey(job);
    const underWay = running + this.handedOutTo(job);
    groups.push([`any of ${user}`, jobsOfOne - underWay]);
    if (job.lengthy) {
      groups.push(['lengthy', lengthyJobs - this.lengthy]);
      groups.push([`lengthy of ${user}`, lengthyJobsOfOne - (this.lengthyOf.get(user) ?? 0)]);
    }
    if (!job.chat) return groups;
    const limit = activeLimit ?? this.rules.activeJobsPerUser;
    if (limit > 0) groups.push([user, limit - underWay]);
    for (const place of placesOf(job)) groups.push([keyOf(place), this.roomIn(place)]);
    return groups;
  }

  /** 0 = none. */
  limitOf(place: Place): number {
    const { activeJobsPerServer, activeJobsPerChannel } = this.rules;
    const usual = place.kind === 'server' ? activeJobsPerServer : activeJobsPerChannel;
    return this.limits.get(keyOf(place)) ?? usual;
  }

  private roomIn(place: Place): number {
    const limit = this.limitOf(place);
    return limit > 0 ? limit - (this.load.get(keyOf(place)) ?? 0) : Infinity;
  }

  private count({ status, requester_id: requesterId, priority, ...row }: WorkRow): void {
    const job: Belonging = { ...row, requesterId, lengthy: Boolean(row.lengthy), chat: Boolean(row.chat) };
    if (priority > DRAFTED && !job.lengthy) this.notes += 1;
    if (job.lengthy) {
      this.lengthy += 1;
      add(this.lengthyOf, userKey(job));
      this.users.set(userKey(job), { platform: job.platform, kind: 'user', scopeId: job.requesterId });
    }
    if (status === 'queued') add(this.handedOut, userKey(job));
    if (!job.chat) return;
    for (const place of placesOf(job)) {
      add(this.load, keyOf(place));
      this.places.set(keyOf(place), place);
    }
  }
}

/** The channel and the server that the job's answer goes to, as far as there are any. */
export function placesOf({ platform, workspace, channel }: Belonging): Place[] {
  const places: Place[] = [
    { platform, kind: 'server', scopeId: workspace },
    { platform, kind: 'channel', scopeId: channel },
  ];
  return places.filter(({ scopeId }) => scopeId !== '');
}

function userKey({ platform, requesterId }: Pick<Belonging, 'platform' | 'requesterId'>): string {
  return JSON.stringify([platform, 'user', requesterId]);
}

function keyOf({ platform, kind, scopeId }: Place): string {
  return JSON.stringify([platform, kind, scopeId]);
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
