import { UsageScope } from './usage-scope';

/** Whose minutes a live session takes. */
export type LiveUser = Required<Pick<UsageScope, 'platform' | 'user'>> &
  Omit<UsageScope, 'platform' | 'user'>;

/** What live sessions take of the limits on what may be asked for. It counts as that of notes does. */
export abstract class LiveUse {
  /** The session has taken so many seconds by now. */
  abstract note(session: string, by: LiveUser, begunAt: Date, seconds: number): Promise<void>;
}
