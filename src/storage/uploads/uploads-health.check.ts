import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { HealthCheck, HealthReport } from '../../core/health-check';
import { UploadPlace } from './upload-place';

const PATIENCE_MS = 4_000;
/** Whether it can be written is tried out less often than whether it answers: on some servers each write costs. */
const WRITTEN_MS = 600_000;

/** Whether the place of uploads answers, and takes and gives back what it is given. */
export class UploadsHealthCheck extends HealthCheck {
  readonly name = 'uploads';
  private writtenAt = -WRITTEN_MS;

  constructor(private readonly place: UploadPlace) {
    super();
  }

  async check(): Promise<HealthReport[]> {
    const { name, place } = this;
    const late = AbortSignal.timeout(PATIENCE_MS);
    try {
      // A network drive that hangs does not hear the signal.
      await Promise.race([this.tryOut(late), once(late, 'abort').then(() => late.throwIfAborted())]);
      return [{ name, state: 'ok', detail: `${place.label} can be read and written.` }];
    } catch (error) {
      const { detail, remedy } = place.trouble(error);
      return [{ name, state: 'broken', detail: `${place.label} ${detail}.`, remedy }];
    }
  }

  private async tryOut(signal: AbortSignal): Promise<void> {
    await this.place.reach(signal);
    if (performance.now() - this.writtenAt < WRITTEN_MS) return;
    // Named as an upload, so that what is left of a try that breaks off is cleaned up with those.
    await this.place.tryOut(randomUUID(), signal);
    this.writtenAt = performance.now();
  }
}
