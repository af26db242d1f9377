import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { TokenRole, TokenStore } from '../core/token-store';
import { Settings } from '../settings/settings';
import { tokenAnnouncement } from './token-announcement';
import { hashToken, isTokenOf, makeToken } from './token-hash';

/** Knows which token has which role. It keeps hashes only. */
@Injectable()
export class TokenService implements OnApplicationBootstrap {
  private readonly hashes = new Map<TokenRole, string>();

  constructor(
    private readonly settings: Settings,
    private readonly store: TokenStore,
  ) {}

  /** Only a process that answers API calls needs tokens; the others, and the command line, make none. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.settings.roles.has('api')) return;
    const { adminToken, viewerToken } = this.settings;
    // The token that hark made must not come back when this one is taken away again: it may be why this one was set.
    if (adminToken !== undefined) await this.store.remove('admin');
    this.hashes.set('admin', adminToken === undefined ? await this.ownAdminHash() : hashToken(adminToken));
    if (viewerToken !== undefined) this.hashes.set('viewer', hashToken(viewerToken));
  }

  /** The role of a token, or undefined when it is none of ours. */
  roleOf(token: string): TokenRole | undefined {
    // Every hash is compared, so that the time does not tell which one matched.
    const matching = [...this.hashes].filter(([, hash]) => isTokenOf(hash, token)).map(([role]) => role);
    return matching.includes('admin') ? 'admin' : matching[0];
  }

  /** The hash of the token that was made at the first start; this is the first start when there is none. */
  private async ownAdminHash(): Promise<string> {
    const known = await this.store.find('admin');
    if (known !== undefined) return known;
    const token = makeToken();
    const hash = hashToken(token);
    if (await this.store.save('admin', hash)) {
      // Straight to the terminal: the log goes to files and collectors, and masks tokens.
      process.stdout.write(tokenAnnouncement(token));
      return hash;
    }
    // Another process has started at the same moment and has shown its own.
    return (await this.store.find('admin')) ?? hash;
  }
}
