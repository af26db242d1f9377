import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { HarkError } from '../core/errors';

/** About half a minute in all: as long as a database takes to come back. */
export const patience = retry(
  handleWhen((error) => HarkError.from(error).retryable),
  { maxAttempts: 6, backoff: new ExponentialBackoff({ initialDelay: 250, maxDelay: 15_000 }) },
);
