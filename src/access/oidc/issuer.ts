import type { JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { isLoopback } from '../../settings/addresses';
import { IssuerFetch, IssuerTrouble } from './issuer-fetch';
import { OidcLimits } from './oidc-limits';

/** What hark needs to know of an issuer. @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

export interface IssuerFacts {
  /** As it stands in its tokens. */
  name: string;
  /** Finds the key of a token; fetches the keys when they are old or a new one is asked for. */
  keys: JWTVerifyGetKey;
}

/** An OpenID issuer, looked up when its first token comes. */
export class Issuer {
  private readonly fetch: IssuerFetch;
  private asked?: Promise<IssuerFacts>;

  /** @param address as in the settings; a slash at its end makes no difference */
  constructor(
    private readonly address: string,
    private readonly limits: OidcLimits,
  ) {
    this.fetch = new IssuerFetch(limits);
  }

  /** Whether a token that names this issuer could be one of its own. */
  isNamed(name: unknown): boolean {
    return typeof name === 'string' && withoutSlash(name) === withoutSlash(this.address);
  }

  /** Asked once, however many come at the same time; again after a failure. @throws IssuerTrouble */
  facts(): Promise<IssuerFacts> {
    const asked = (this.asked ??= this.discover());
    asked.catch(() => {
      if (this.asked === asked) this.asked = undefined;
    });
    return asked;
  }

  private async discover(): Promise<IssuerFacts> {
    const found = metadataSchema.safeParse(
      await this.fetch.json(`${withoutSlash(this.address)}/.well-known/openid-configuration`),
    );
    if (!found.success) throw new IssuerTrouble('The issuer describes itself in an unknown way');
    const { issuer, jwks_uri: keysAddress } = found.data;
    if (!this.isNamed(issuer)) throw new IssuerTrouble('The issuer says that it is another one');
    const url = new URL(keysAddress);
    const safe = url.protocol === 'https:' || (isLoopback(url) && isLoopback(new URL(this.address)));
    if (!safe) throw new IssuerTrouble('The issuer offers its keys without TLS');
    return { name: issuer, keys: await this.keysAt(url) };
  }

  private async keysAt(url: URL): Promise<JWTVerifyGetKey> {
    const { createRemoteJWKSet, customFetch } = await import('jose');
    return createRemoteJWKSet(url, {
      cacheMaxAge: this.limits.keysMs,
      cooldownDuration: this.limits.newKeysMs,
      [customFetch]: async (address: string) => Response.json(await this.fetch.json(address)),
    });
  }
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}
