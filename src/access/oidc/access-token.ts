import type { JWTPayload, ProtectedHeaderParameters } from 'jose';
import { Settings } from '../../settings/settings';
import { Identity } from '../caller';
import { rolesAt } from './role-claim';

/**
 * Signatures that only the issuer can make: with a shared secret, or with a public key taken for one, whoever checks
 * could forge, too.
 */
export const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** RFC 9068's, and the plain name that many issuers still give their access tokens. */
const TYPES = ['at+jwt', 'application/at+jwt', 'jwt'];
const NAME_LENGTH = 100;
const ID_LENGTH = 255;

/**
 * Whether it is a token for calling services, and for whoever brings it. The issuer signs others with the same keys:
 * those that tell a web page who signed in, those that only end a session, and those that are worth something only with
 * a proof of possession.
 */
export function isAccessToken({ typ = 'jwt' }: ProtectedHeaderParameters, claims: JWTPayload): boolean {
  // Keycloak says in a claim of its own what a token is.
  const { typ: kind = 'Bearer', sub, cnf, at_hash: signIn, c_hash: hybridSignIn, events } = claims;
  const foreign = [cnf, signIn, hybridSignIn, events].some((claim) => claim !== undefined);
  const ofSomebody = typeof sub === 'string' && sub.trim() !== '';
  return TYPES.includes(typ.toLowerCase()) && kind === 'Bearer' && ofSomebody && !foreign;
}

/** Whose token it is and what it opens; its claims have been checked. */
export function identityOf(claims: JWTPayload, oidc: NonNullable<Settings['oidc']>): Identity {
  const roles = rolesAt(claims, oidc.rolesClaim);
  const role = roles.includes(oidc.adminRole)
    ? 'admin'
    : roles.includes(oidc.viewerRole)
      ? 'viewer'
      : undefined;
  const name = [claims.preferred_username, claims.name, claims.client_id, claims.azp].find(
    (claim) => typeof claim === 'string' && claim.trim() !== '',
  );
  return {
    id: `oidc:${plain(claims.sub ?? '', ID_LENGTH)}`,
    ...(typeof name === 'string' && { name: plain(name, NAME_LENGTH) }),
    ...(role && { role }),
  };
}

/** Ends in logs and on pages. */
function plain(text: string, length: number): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .slice(0, length)
    .toWellFormed();
}
