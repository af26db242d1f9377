import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../core/clock';
import { Member, Person } from '../../core/voice-note';
import { SlackGroupsService } from './slack-groups.service';
import { SlackWebApi } from './slack-web-api.service';

/** Somebody in a workspace. */
export interface SlackPerson extends Person {
  /** BCP 47 tag of the language that Slack speaks to them. */
  locale?: string;
  /** Owner or admin of the workspace. */
  admin: boolean;
}

const KEPT_MS = 10 * 60_000;
const MOST_KEPT = 5_000;
/** Nobody waits longer for their name. */
const TIMEOUT_MS = 3_000;

/** Knows what people are called, in which language they use Slack, and who is an admin. */
@Injectable()
export class SlackPeopleService {
  private readonly logger = new Logger(SlackPeopleService.name);
  private readonly known = new Map<string, { person: SlackPerson; until: number }>();

  constructor(
    private readonly api: SlackWebApi,
    private readonly groups: SlackGroupsService,
    private readonly clock: Clock,
  ) {}

  /** Somebody who asks for something, with the user groups that they are in. Never throws. */
  async asker(team: string, id: string): Promise<Member & { locale?: string }> {
    const [{ locale, ...person }, roles] = await Promise.all([this.find(team, id), this.groups.of(team, id)]);
    return { ...personOf(person), roles, ...(locale && { locale }) };
  }

  /** Never throws: of whom nothing can be found out, the id is all there is to know. */
  async find(team: string, id: string): Promise<SlackPerson> {
    const now = this.clock.now().getTime();
    const key = `${team}:${id}`;
    const before = this.known.get(key);
    if (before && before.until > now) return before.person;
    try {
      const person = await this.ask(team, id);
      this.known.delete(key);
      this.known.set(key, { person, until: now + KEPT_MS });
      const [oldest] = this.known.keys();
      if (this.known.size > MOST_KEPT && oldest !== undefined) this.known.delete(oldest);
      return person;
    } catch (error) {
      this.logger.debug({ err: error, msg: 'Slack does not say who somebody is' });
      return before?.person ?? { id, admin: false };
    }
  }

  private async ask(team: string, id: string): Promise<SlackPerson> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const { user } = await this.api.call(
      team,
      (client) => client.users.info({ user: id, include_locale: true }),
      signal,
    );
    const name = user?.profile?.display_name || user?.real_name || user?.name;
    const locale = user?.locale;
    return {
      id,
      ...(name && { name }),
      ...(locale && { locale }),
      admin: Boolean(user?.is_admin || user?.is_owner),
    };
  }
}

/** As the core knows people. */
export function personOf({ id, name }: SlackPerson): Person {
  return name === undefined ? { id } : { id, name };
}
