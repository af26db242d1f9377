import { HarkError } from '../../core/errors';
import { Telemetry } from '../../core/telemetry';

/**
 * Tells of what was sent over the API and is refused before it is a note that the intake could refuse; the intake tells
 * of its own refusals. An outage is no refusal, and neither is what is wrong with a request's other fields.
 */
export function tellRefusal(telemetry: Telemetry, error: unknown): void {
  if (error instanceof HarkError && !error.retryable && /^(media|link)_/.test(error.code))
    telemetry.tell({ type: 'refused', platform: 'api', code: error.code });
}
