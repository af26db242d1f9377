import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../core/clock';
import { SlackWebApi } from './slack-web-api.service';

/** A user group, e.g. `@editors`. */
export interface SlackGroup {
  id: string;
  name: string;
  users: readonly string[];
}

const KEPT_MS = 10 * 60_000;
/** Whoever made a group just now wants to see it. */
const LATEST_MS = 15_000;
/** Nobody waits longer for what limits they have. */
const TIMEOUT_MS = 3_000;

/** Knows the user groups of workspaces, which are Slack's roles. */
@Injectable()
export class SlackGroupsService {
  private readonly logger = new Logger(SlackGroupsService.name);
  private readonly known = new Map<string, { groups: Promise<SlackGroup[]>; askedAt: number }>();

  constructor(
    private readonly api: SlackWebApi,
    private readonly clock: Clock,
  ) {}

  /** Ids of the groups that somebody is in. Never throws; what changes is known within ten minutes. */
  async of(team: string, user: string): Promise<string[]> {
    const groups = await this.all(team);
    return groups.filter(({ users }) => users.includes(user)).map(({ id }) => id);
  }

  /** As of a moment ago. Never throws: without the permission, or on plans without groups, there are none. */
  latest(team: string): Promise<SlackGroup[]> {
    return this.all(team, LATEST_MS);
  }

  private all(team: string, keptMs = KEPT_MS): Promise<SlackGroup[]> {
    const now = this.clock.now().getTime();
    const before = this.known.get(team);
    if (before && now - before.askedAt < keptMs) return before.groups;
    const groups = this.ask(team).catch((error: unknown) => {
      this.logger.debug({ err: error, msg: 'Slack does not say which user groups there are' });
      return before?.groups ?? [];
    });
    this.known.set(team, { groups, askedAt: now });
    return groups;
  }

  private async ask(team: string): Promise<SlackGroup[]> {
    const { usergroups = [] } = await this.api.call(
      team,
      (client) => client.usergroups.list({ include_users: true }),
      AbortSignal.timeout(TIMEOUT_MS),
    );
    return usergroups.flatMap(({ id, handle, name, users = [] }) =>
      id === undefined ? [] : [{ id, name: handle ?? name ?? id, users }],
    );
  }
}
