import { Injectable } from '@nestjs/common';
import { HealthCheck, HealthReport } from '../core/health-check';
import { HealthRegistry } from '../core/health.registry';
import { Settings } from '../settings/settings';
import { DecoderPool } from './pool/decoder-pool.service';
import { WASM_MAX_BYTES } from './pool/protocol';

/** Longest a look may take. */
const PATIENCE_MS = 4_000;

/** Whether media can be decoded, and by what. */
@Injectable()
export class DecoderHealth extends HealthCheck {
  readonly name = 'decoder';

  constructor(
    private readonly pool: DecoderPool,
    private readonly settings: Settings,
    registry: HealthRegistry,
  ) {
    super();
    registry.add(this);
  }

  async check(): Promise<HealthReport[]> {
    const { name } = this;
    if (this.settings.roles.size > 0 && !this.settings.roles.has('worker')) {
      return [{ name, state: 'off', detail: 'This process does not transcribe.' }];
    }
    try {
      const version = await withTimeout(this.pool.ffmpegVersion());
      if (version !== undefined)
        return [{ name, state: 'ok', detail: `ffmpeg ${version} decodes all formats.` }, this.isolation()];
      const limit = WASM_MAX_BYTES / 1024 / 1024;
      const detail = `No ffmpeg found: audio-decode is used, for the usual formats and files up to ${limit} MiB.`;
      return [{ name, state: 'warning', detail, remedy: 'Install ffmpeg.' }, this.isolation()];
    } catch (error) {
      const detail = `The decoder process does not start: ${String(error).slice(0, 200)}`;
      return [{ name, state: 'broken', detail, remedy: 'See the log for its last words.' }];
    }
  }

  /** Nothing breaks without it: ffmpeg is told to read from its pipe only. It is the second wall behind that one. */
  private isolation(): HealthReport {
    const name = 'isolation';
    if (this.pool.isolation.offline) {
      return { name, state: 'ok', detail: 'Decoders are cut off from the network.' };
    }
    const detail = 'This system does not let decoders be cut off from the network (docs/security.md).';
    return { name, state: 'off', detail };
  }
}

async function withTimeout<T>(promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('no answer')), PATIENCE_MS);
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}
