import { Injectable } from '@nestjs/common';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { Clock } from '../../core/clock';
import { HarkError } from '../../core/errors';
import { Settings } from '../../settings/settings';
import { Identity } from '../caller';
import { ALGORITHMS, identityOf, isAccessToken } from './access-token';
import { Issuer } from './issuer';
import { IssuerTrouble } from './issuer-fetch';
import { OidcLimits } from './oidc-limits';

const SIGNED_TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const RETRY_MS = 10_000;

/** Takes the access tokens of an OpenID issuer, where one is set. */
@Injectable()
export class OidcTokenService {
  private readonly issuer?: Issuer;

  constructor(
    private readonly settings: Settings,
    private readonly limits: OidcLimits,
    private readonly clock: Clock,
  ) {
    if (settings.oidc) this.issuer = new Issuer(settings.oidc.issuer, limits);
  }

  /**
   * Who the token is of; undefined when it is none of the issuer's, or no longer.
   *
   * @throws HarkError `service_unavailable` when the issuer does not answer
   */
  async identityOf(token: string): Promise<Identity | undefined> {
    const { oidc } = this.settings;
    if (!oidc || !this.issuer || token.length > this.limits.tokenLength || !SIGNED_TOKEN.test(token))
      return undefined;
    // Rubbish makes nobody ask the issuer.
    if (!(await this.looksRight(token, this.issuer))) return undefined;
    const { JOSEError } = (await import('jose')).errors;
    try {
      return identityOf(await this.verified(token, this.issuer, oidc.audience), oidc);
    } catch (error) {
      if (error instanceof JOSEError) return undefined;
      throw new HarkError(
        'service_unavailable',
        'The identity provider does not answer at the moment, so its tokens cannot be checked.',
        { retryable: true, retryAt: new Date(this.clock.now().getTime() + RETRY_MS), cause: error },
      );
    }
  }

  private async looksRight(token: string, issuer: Issuer): Promise<boolean> {
    const { decodeJwt, decodeProtectedHeader } = await import('jose');
    try {
      const claims = decodeJwt(token);
      return isAccessToken(decodeProtectedHeader(token), claims) && issuer.isNamed(claims.iss);
    } catch {
      return false;
    }
  }

  private async verified(token: string, issuer: Issuer, audience: string): Promise<JWTPayload> {
    const { jwtVerify, errors } = await import('jose');
    const { name, keys } = await issuer.facts();
    const key: JWTVerifyGetKey = async (header, input) => {
      try {
        return await keys(header, input);
      } catch (error) {
        const { JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported } = errors;
        const ofToken = [JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported];
        if (ofToken.some((kind) => error instanceof kind)) throw error;
        throw new IssuerTrouble('The keys of the issuer cannot be used', { cause: error });
      }
    };
    const { payload } = await jwtVerify(token, key, {
      algorithms: ALGORITHMS,
      issuer: name,
      audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: this.limits.skewSeconds,
      currentDate: this.clock.now(),
    });
    return payload;
  }
}
