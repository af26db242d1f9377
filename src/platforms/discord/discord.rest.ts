import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { REST } from 'discord.js';
import { Leadership } from '../../core/leadership';
import { Telemetry } from '../../core/telemetry';
import { Settings } from '../../settings/settings';
import { confirmedRequest } from './connection/web-request';

/** Immediate retries after a 5xx or a lost connection; beyond that the caller decides when to come back. */
const RETRIES = 1;
const TIMEOUT_MS = 15_000;
/** A rate limit that lasts longer is an error with a time, not a wait that holds a worker. */
const LONGEST_WAIT_MS = 20_000;

/**
 * Discord's REST API, in every role. Its queue keeps to the limits that Discord's answers announce. The gateway's
 * client has a REST manager of its own, so that its ends and logins do not disturb what is being delivered. Whoever was
 * deposed, perhaps while it waited for a limit to pass, changes nothing.
 */
@Injectable()
export class DiscordRest extends REST implements OnApplicationShutdown {
  constructor({ discord }: Settings, leadership: Leadership, telemetry: Telemetry) {
    super({
      api: discord?.apiUrl,
      makeRequest: confirmedRequest(() => leadership.confirm()),
      retries: RETRIES,
      timeout: TIMEOUT_MS,
      // Asked before a request that would be over a known limit, and after one that Discord has refused.
      rejectOnRateLimit: ({ retryAfter, timeToReset }) => {
        telemetry.tell({ type: 'rate-limited', platform: 'discord' });
        return Math.max(retryAfter, timeToReset) > LONGEST_WAIT_MS;
      },
    });
    if (discord) this.setToken(discord.token);
  }

  onApplicationShutdown(): void {
    this.clearHashSweeper();
    this.clearHandlerSweeper();
  }
}
