export type TokenRole = 'admin' | 'viewer';

/** The hashes of the API tokens that hark has made itself. The tokens are stored nowhere. */
export abstract class TokenStore {
  /** The hash, or undefined when there is none. */
  abstract find(role: TokenRole): Promise<string | undefined>;
  /** False when there is one already: another process was faster. */
  /** Forgets it: whoever has that token is nobody from the next start on. */
  abstract remove(role: TokenRole): Promise<void>;
  abstract save(role: TokenRole, hash: string): Promise<boolean>;
}
