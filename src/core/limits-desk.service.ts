import { Injectable } from '@nestjs/common';
import { HarkError } from './errors';
import { LimitsTarget, USUAL, limitsOf, valuesFor, withLimit } from './limits-choices';
import { LimitsView, limitsView } from './limits-view';
import { Phrasebook } from './phrasebook';
import { PlaceSettingsService } from './place-settings.service';
import { Policy, QuotaLimits } from './policy';
import { PreferenceScope, PreferenceStore } from './preference-store';
import { PlaceQuota, QUOTA_NAMES } from './quota-rules';
import { ReplyTurns } from './reply-turns';
import { Person } from './voice-note';

/** A channel and the server that it belongs to. */
export interface LimitedPlace {
  channel: PreferenceScope;
  server: PreferenceScope;
}

/** More roles and people than anybody keeps in mind. */
const MOST_EXCEPTIONS = 50;

/** Where those who manage a server see and set how much may be asked for in it. */
@Injectable()
export class LimitsDeskService {
  /** A server's limits are read and written as one; two changes at the same time must not undo each other. */
  private readonly turns = new ReplyTurns();

  constructor(
    private readonly preferences: PreferenceStore,
    private readonly settings: PlaceSettingsService,
    private readonly policy: Policy,
    private readonly phrasebook: Phrasebook,
  ) {}

  /** Whether the operator leaves limits to those who manage servers. */
  get isOpen(): boolean {
    return this.policy.feature('limit-settings');
  }

  /** What holds now. @param target whose limits are to be chosen */
  async view(place: LimitedPlace, target: LimitsTarget, locale: string | undefined): Promise<LimitsView> {
    const server = await this.quotaOf(place.server);
    const quota = target.kind === 'channel' ? await this.quotaOf(place.channel) : server;
    const state = { target, chosen: limitsOf(quota, target), usual: this.usual(target, server), server };
    return limitsView(state, this.phrasebook, locale);
  }

  /**
   * @param value a number, or `usual`
   * @param by who may do so: the platform has looked
   * @throws HarkError `field_invalid` for what may not be chosen
   */
  async change(
    place: LimitedPlace,
    target: LimitsTarget,
    change: { name: string; value: string },
    by: Person,
  ): Promise<void> {
    const name = QUOTA_NAMES.find((each) => each === change.name);
    const limit = change.value === USUAL ? undefined : Number(change.value);
    if (!this.isOpen || name === undefined) throw notOffered();
    const scope = target.kind === 'channel' ? place.channel : place.server;
    await this.turns.take(JSON.stringify(scope), async () => {
      const quota = await this.quotaOf(scope);
      const offered = valuesFor(target, name, this.usual(target, quota), limitsOf(quota, target)[name]);
      if (limit !== undefined && !offered.includes(limit)) throw notOffered();
      const changed = withLimit(quota, target, name, limit);
      if ((changed?.exceptions?.length ?? 0) > MOST_EXCEPTIONS) throw tooMany();
      await this.settings.change(scope, { quota: changed }, by);
    });
  }

  /** What holds where nothing else was chosen: for some members, what holds for all of them. */
  private usual(target: LimitsTarget, server: PlaceQuota | undefined): QuotaLimits {
    const { quota, placeQuota } = this.policy;
    if (target.kind === 'channel' || target.kind === 'server') return placeQuota[target.kind];
    return target.kind === 'members' ? quota : { ...quota, ...server?.members };
  }

  private async quotaOf(scope: PreferenceScope): Promise<PlaceQuota | undefined> {
    return (await this.preferences.get(scope)).quota;
  }
}

function notOffered(): HarkError {
  return new HarkError('field_invalid', 'This limit cannot be chosen here.');
}

function tooMany(): HarkError {
  return new HarkError(
    'field_invalid',
    `There are ${MOST_EXCEPTIONS} roles and people with limits of their own already; take one away first.`,
  );
}
