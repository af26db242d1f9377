import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { addressIn } from '../../access/call-audit';
import { UpgradeDoor } from '../../access/upgrade-door';
import { AuditService } from '../../core/audit.service';
import { HarkError } from '../../core/errors';
import { Informed, LiveOptionsService } from '../../core/live-options.service';
import { LiveSession, LiveSessionsService } from '../../core/live-sessions.service';

export interface Admitted {
  session: LiveSession;
  informed: Informed;
}

/** Decides who may be listened to live, and writes down who was. */
@Injectable()
export class LiveAdmission {
  constructor(
    private readonly door: UpgradeDoor,
    private readonly sessions: LiveSessionsService,
    private readonly options: LiveOptionsService,
    private readonly audit: AuditService,
  ) {}

  /** @throws HarkError `unauthorized`, `forbidden`, `too_many_requests`, `live_off` or `live_busy` */
  async admit(request: Request): Promise<Admitted> {
    const caller = await this.door.admit(request, 'live.open');
    const event = {
      actor: `api:${caller.id}`,
      role: caller.role,
      ...addressIn(request),
      action: 'live.open' as const,
    };
    try {
      const informed = await this.options.informed({ platform: 'api' });
      const session = this.sessions.begin('api');
      await this.audit.record({ ...event, target: session.id, outcome: 'done' });
      return { session, informed };
    } catch (error) {
      await this.audit.record({ ...event, outcome: 'failed', code: HarkError.from(error).code });
      throw error;
    }
  }
}
