import { Injectable } from '@nestjs/common';
import { HarkError } from '../../../core/errors';
import { Reach } from '../../../core/job-archive';
import { SlackWebApi } from '../slack-web-api.service';

/** Pages of channels that are asked for, and channels on each: the most that Slack gives. */
const MOST_PAGES = 5;
const PAGE = 999;
const TIMEOUT_MS = 20_000;

/** What somebody may see now. */
export interface Sight {
  reach: Reach;
  /** False where there are more channels than could be asked for. */
  whole: boolean;
}

interface Channels {
  ids: string[];
  whole: boolean;
}

/** Finds out, at the time of asking, which channels somebody may read. */
@Injectable()
export class SlackReachService {
  constructor(private readonly api: SlackWebApi) {}

  /**
   * The channels that they are in, as far as hark may know of them; for members of the workspace also public channels
   * that hark is in. Guests and people of other workspaces see only what they were invited to.
   *
   * @throws HarkError where Slack does not tell: nothing is to be shown then
   */
  async of(team: string, user: string): Promise<Sight> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const standing = await this.standing(team, user, signal);
    if (standing === 'nobody') throw new HarkError('forbidden', 'Slack does not say what you may see here.');
    const joined = await this.channels(team, { user, types: 'public_channel,private_channel' }, signal);
    const open: Channels =
      standing === 'member'
        ? await this.channels(team, { types: 'public_channel' }, signal)
        : { ids: [], whole: true };
    const channels = [...new Set([...joined.ids, ...open.ids])];
    return {
      reach: { platform: 'slack', workspace: team, user, channels },
      whole: joined.whole && open.whole,
    };
  }

  private async standing(
    team: string,
    id: string,
    signal: AbortSignal,
  ): Promise<'member' | 'guest' | 'nobody'> {
    const { user } = await this.api.call(team, (client) => client.users.info({ user: id }), signal);
    if (user?.id !== id || user.deleted || user.is_bot) return 'nobody';
    const isGuest = user.is_restricted || user.is_ultra_restricted || user.is_stranger;
    return isGuest || user.team_id !== team ? 'guest' : 'member';
  }

  /** Of the user; without one, hark's own. */
  private async channels(
    team: string,
    whose: { user?: string; types: string },
    signal: AbortSignal,
  ): Promise<Channels> {
    const ids: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const asked = { ...whose, limit: PAGE, ...(cursor && { cursor }) };
      const { channels = [], response_metadata: more } = await this.api.call(
        team,
        (client) => client.users.conversations(asked),
        signal,
      );
      ids.push(...channels.flatMap(({ id }) => id ?? []));
      cursor = more?.next_cursor;
      if (!cursor) return { ids, whole: true };
    }
    return { ids, whole: false };
  }
}
