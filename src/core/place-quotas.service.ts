import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { JobStore } from './job-store';
import { UsageScope } from './usage-scope';
import { Policy, QuotaLimits } from './policy';
import { PreferenceScope, PreferenceStore } from './preference-store';
import { QUOTA_WINDOW_MS } from './quota';
import { PlaceQuota, QuotaRule } from './quota-rules';

/** The limits of a server, a channel or a person, and what of them is used. */
export interface QuotaOverview {
  /** What was decided; empty where nothing was. */
  quota: PlaceQuota;
  /** What holds where nothing was decided. */
  usual: QuotaLimits;
  used: { jobs: number; audioMinutes: number };
}

/** Where the operator sees and sets the limits of anybody and any place, over the API. */
@Injectable()
export class PlaceQuotasService {
  constructor(
    private readonly preferences: PreferenceStore,
    private readonly jobs: JobStore,
    private readonly policy: Policy,
    private readonly clock: Clock,
  ) {}

  async show(scope: PreferenceScope): Promise<QuotaOverview> {
    const { quota = {} } = await this.preferences.get(scope);
    const usual = { user: this.policy.quota, ...this.policy.placeQuota }[scope.kind];
    const { platform, kind, id } = scope;
    const jobs = await this.used({ platform, [kind]: id }, 'jobsPerHour');
    const audio = await this.used({ platform, [kind]: id }, 'audioMinutesPerDay');
    const seconds = audio.reduce((sum, entry) => sum + entry.seconds, 0);
    return { quota, usual, used: { jobs: jobs.length, audioMinutes: Math.round(seconds / 6) / 10 } };
  }

  /** Replaces all that was decided. */
  async decide(scope: PreferenceScope, quota: PlaceQuota): Promise<QuotaOverview> {
    const isEmpty = Object.values(quota).every((part) => part === undefined);
    await this.preferences.set(scope, { quota: isEmpty ? undefined : quota });
    return this.show(scope);
  }

  private used(scope: UsageScope, name: QuotaRule['name']): ReturnType<JobStore['usage']> {
    return this.jobs.usage(scope, new Date(this.clock.now().getTime() - QUOTA_WINDOW_MS[name]));
  }
}
