import { HarkError } from '../core/errors';

/**
 * How much an error speaks against the back end: `certain`, `perhaps` (it may have failed at this recording, or any), or
 * not at all: it comes of what was asked.
 */
export type Blame = 'certain' | 'perhaps' | 'none';

const CERTAIN = new Set(['engine_unavailable', 'model_not_found', 'model_corrupt', 'model_download_failed']);
const PERHAPS = new Set(['engine_timeout', 'engine_crashed', 'engine_failed', 'internal']);

export function blameOf({ code, retryable }: HarkError): Blame {
  if (CERTAIN.has(code)) return 'certain';
  return PERHAPS.has(code) && retryable ? 'perhaps' : 'none';
}
