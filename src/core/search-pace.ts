import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { HarkError } from './errors';

/** Searches that one person may make within a minute, pages counted. */
const MOST = 20;
const WITHIN_MS = 60_000;
/** People who are remembered. */
const MOST_PEOPLE = 10_000;

/** Keeps anybody from having hark look without end. Counts within this process: commands reach only the leader. */
@Injectable()
export class SearchPace {
  private readonly searches = new Map<string, number[]>();

  constructor(private readonly clock: Clock) {}

  /** @throws HarkError `too_many_requests` */
  take(person: string): void {
    const now = this.clock.now().getTime();
    const recent = (this.searches.get(person) ?? []).filter((time) => time > now - WITHIN_MS);
    const [oldest = now] = recent;
    if (recent.length >= MOST) {
      throw new HarkError(
        'too_many_requests',
        'Those were too many searches at once. Try again in a minute.',
        {
          retryable: true,
          retryAt: new Date(oldest + WITHIN_MS),
        },
      );
    }
    this.searches.delete(person);
    this.searches.set(person, [...recent, now]);
    const [first] = this.searches.keys();
    if (this.searches.size > MOST_PEOPLE && first !== undefined) this.searches.delete(first);
  }
}
