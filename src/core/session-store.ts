/** A sign-in of a browser. What it stands for is sealed with what only the browser has. */
export interface StoredSession {
  /** A digest of the browser's secret. */
  id: string;
  sealed: string;
  expiresAt: Date;
}

/** Who is signed in at the console. */
export abstract class SessionStore {
  /** Also forgets those that have expired by `now`. */
  abstract add(session: StoredSession, now: Date): Promise<void>;
  /** Undefined when it has expired by `now`. */
  abstract find(id: string, now: Date): Promise<StoredSession | undefined>;
  abstract remove(id: string): Promise<void>;
}
