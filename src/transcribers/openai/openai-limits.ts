import { Injectable } from '@nestjs/common';

/** How patient hark is with the service. */
@Injectable()
export class OpenAiLimits {
  /** Milliseconds for so many seconds of audio: it may be a slow machine next door that has others to serve, too. */
  requestMs(audioSeconds: number): number {
    return Math.round(60_000 + 5_000 * audioSeconds);
  }
}
