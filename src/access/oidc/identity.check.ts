import { Injectable } from '@nestjs/common';
import { Clock } from '../../core/clock';
import { HealthCheck, HealthReport } from '../../core/health-check';
import { HealthRegistry } from '../../core/health.registry';
import { Settings } from '../../settings/settings';
import { Issuer } from './issuer';
import { OidcLimits } from './oidc-limits';

/** Health pages are asked every few seconds, and by anybody: the issuer is not. */
const FRESH_MS = 60_000;

/** Whether the OpenID issuer can be asked. Without it hark's own tokens still open everything. */
@Injectable()
export class IdentityCheck extends HealthCheck {
  readonly name = 'identity';
  private last?: { at: number; report: Promise<HealthReport> };

  constructor(
    private readonly settings: Settings,
    private readonly limits: OidcLimits,
    private readonly clock: Clock,
    registry: HealthRegistry,
  ) {
    super();
    registry.add(this);
  }

  async check(): Promise<HealthReport[]> {
    const now = this.clock.now().getTime();
    if (!this.last || now - this.last.at >= FRESH_MS) this.last = { at: now, report: this.ask() };
    return [await this.last.report];
  }

  private async ask(): Promise<HealthReport> {
    const { name } = this;
    const { oidc } = this.settings;
    if (!oidc) return { name, state: 'off', detail: "Only hark's own tokens are taken." };
    try {
      await new Issuer(oidc.issuer, { ...this.limits, answerMs: 4_000 }).facts();
      return { name, state: 'ok', detail: 'The identity provider answers.' };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return {
        name,
        state: 'warning',
        detail: `Tokens of the identity provider cannot be checked. ${why.slice(0, 200)}.`,
        remedy: 'Check OIDC_ISSUER, and that hark may connect to it.',
      };
    }
  }
}
