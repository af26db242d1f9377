import { Injectable } from '@nestjs/common';
import { Identity } from './caller';
import { OidcTokenService } from './oidc/oidc-token.service';
import { TokenService } from './token.service';

/** Knows whose a token is, wherever it was made. */
@Injectable()
export class CallerService {
  constructor(
    private readonly tokens: TokenService,
    private readonly oidc: OidcTokenService,
  ) {}

  /**
   * Undefined when nobody of ours has this token.
   *
   * @throws HarkError `service_unavailable` when only an issuer could say, and it does not answer
   */
  async identify(token: string): Promise<Identity | undefined> {
    const role = this.tokens.roleOf(token);
    return role === undefined ? this.oidc.identityOf(token) : { id: role, role };
  }
}
