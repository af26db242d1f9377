import { Injectable } from '@nestjs/common';
import { HealthCheck, HealthReport } from '../../core/health-check';
import { HealthRegistry } from '../../core/health.registry';
import { Leadership, Standing } from '../../core/leadership';
import { Policy } from '../../core/policy';
import { Settings } from '../../settings/settings';

type Said = Omit<HealthReport, 'name'>;

/** Who leads: holds the chat connections or, with the embedded queue, does all the work. */
@Injectable()
export class LeadershipCheck extends HealthCheck {
  readonly name = 'leader';

  constructor(
    private readonly leadership: Leadership,
    private readonly policy: Policy,
    private readonly settings: Settings,
    registry: HealthRegistry,
  ) {
    super();
    registry.add(this);
  }

  async check(): Promise<HealthReport[]> {
    const said = await this.leadership.standing().then(
      (standing) => this.say(standing),
      (): Said => ({ state: 'warning', detail: 'Nobody can tell which process leads at present.' }),
    );
    return said ? [{ name: this.name, ...said }] : [];
  }

  private say({ state, leader, since }: Standing): Said | undefined {
    const who = leader && `${leader}, since ${since?.toISOString().slice(0, 19)}Z`;
    if (state === 'leading') return { state: 'ok', detail: `This process leads (${who}).` };
    if (this.policy.soleProcess) return alone(state, who);
    if (who)
      return {
        state: 'ok',
        detail: `${state === 'outside' ? 'Led by' : 'Stands by; the leader is'} ${who}.`,
      };
    if (state === 'standing-by')
      return { state: 'warning', detail: 'Nobody leads at present; this process is about to.' };
    const { discord, slack } = this.settings;
    if (!discord && !slack) return undefined;
    return {
      state: 'warning',
      detail: 'No process holds the chat connections: nobody is answered in chats.',
      remedy: 'Start a process with bot among its ROLES.',
    };
  }
}

/** With the embedded queue a second process has nothing to do. */
function alone(state: Standing['state'], who: string | undefined): Said {
  if (state === 'outside') {
    return who
      ? { state: 'ok', detail: `hark works with this data (${who}).` }
      : { state: 'off', detail: 'No hark works with this data at present.' };
  }
  if (!who) return { state: 'warning', detail: 'This process is about to begin its work.' };
  return {
    state: 'broken',
    detail: `Another hark works with the same data (${who}). This one stands by until that one ends.`,
    remedy:
      'Stop one of the two, or give this one a DATA_DIR of its own. For several processes set REDIS_URL.',
  };
}
