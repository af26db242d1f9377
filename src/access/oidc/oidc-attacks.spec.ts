import { Controller, Get } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createPublicKey, KeyObject } from 'node:crypto';
import { base64url, exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import request from 'supertest';
import { guardedApp } from '../../../test/support/guarded-app';
import { OidcIssuer } from '../../../test/support/oidc-issuer';
import { NeedsRole } from '../access.decorators';

@Controller()
@NeedsRole('admin')
class Routes {
  @Get('secret')
  secret(): string {
    return 'open';
  }
}

const roles = ['hark-admin'];
const now = (): number => Math.floor(Date.now() / 1000);

/** Tokens that must open nothing, and how they are made. Each but the first would be an admin's if it were believed. */
const ATTACKS: Record<string, (issuer: OidcIssuer, other: OidcIssuer) => Promise<string>> = {
  'another audience, from the real issuer': (issuer) => issuer.token('boss', 'billing'),
  'no audience': (issuer) => issuer.sign({ roles, aud: undefined }),
  'an audience that only contains the name': (issuer) => issuer.sign({ roles, aud: 'hark-staging' }),
  'a list of other audiences': (issuer) => issuer.sign({ roles, aud: ['billing', 'HARK', 'hark '] }),
  'another issuer, with a token of its own': (_issuer, other) => other.token('boss'),
  'another issuer that names itself as this one': (issuer, other) => other.sign({ roles, iss: issuer.url }),
  'another issuer, signed with the right key': (issuer, other) => issuer.sign({ roles, iss: other.url }),
  'an issuer below this one': (issuer) => issuer.sign({ roles, iss: `${issuer.url}/realms/x` }),
  'no issuer': (issuer) => issuer.sign({ roles, iss: undefined }),
  'issuers in a list': (issuer) => issuer.sign({ roles, iss: [issuer.url] }),
  'no end': (issuer) => issuer.sign({ roles, exp: undefined }),
  'an end that has passed': (issuer) => issuer.sign({ roles, exp: now() - 60 }),
  'an end that is a text': (issuer) => issuer.sign({ roles, exp: '9999999999' }),
  'a beginning that has not come': (issuer) => issuer.sign({ roles, nbf: now() + 120 }),
  'no subject': (issuer) => issuer.sign({ roles, sub: undefined }),
  'an empty subject': (issuer) => issuer.sign({ roles, sub: ' ' }),
  'a subject that is a number': (issuer) => issuer.sign({ roles, sub: 7 }),
  'a sign-in token': (issuer) => issuer.sign({ roles, at_hash: 'x' }, { typ: 'JWT' }),
  "Keycloak's sign-in token": (issuer) => issuer.sign({ roles, typ: 'ID' }, { typ: 'JWT' }),
  "Keycloak's refresh token": (issuer) => issuer.sign({ roles, typ: 'Refresh' }, { typ: 'JWT' }),
  'a sign-out token': (issuer) => issuer.sign({ roles, events: {} }, { typ: 'logout+jwt' }),
  'a token bound to a key': (issuer) => issuer.sign({ roles, cnf: { jkt: 'x' } }),
  'a type that is no text': (issuer) => issuer.sign({ roles }, { typ: 7 }),
  'a key that the issuer does not have': (issuer) => issuer.sign({ roles }, { kid: 'made-up' }),
  'a key named by a path': (issuer) => issuer.sign({ roles }, { kid: '../../../../dev/null' }),
  'an extension that must be understood': async (issuer) => {
    const token = await issuer.sign({ roles });
    return swapHeader(token, { alg: issuer.key.alg, kid: issuer.key.kid, crit: ['x'], x: 1 });
  },
  'no signature': (issuer) => Promise.resolve(new UnsecuredJWT(claimsFor(issuer)).encode()),
  'no signature, spelt otherwise': async (issuer) =>
    swapHeader(await issuer.sign({ roles }), { alg: 'nOnE' }),
  'no signature, but two dots': async (issuer) => {
    const [, claims] = (await issuer.sign({ roles })).split('.');
    return `${base64url.encode('{"alg":"none"}')}.${claims}.AAAA`;
  },
  'the public key as a shared secret': async (issuer) => hmacWith(issuer, await publicPem(issuer)),
  'the public key without its frame as a shared secret': async (issuer) =>
    hmacWith(issuer, publicKey(issuer).export({ type: 'spki', format: 'der' })),
  'the public modulus as a shared secret': (issuer) =>
    hmacWith(issuer, Buffer.from(String(issuer.key.jwk.n), 'base64url')),
  'a key of their own under the right name': async (issuer) => signedByStranger(issuer, {}),
  'a key of their own inside the token': async (issuer) => signedByStranger(issuer, { jwk: true }),
  'a key of their own at an address': async (issuer, other) =>
    signedByStranger(issuer, { jku: `${other.url}/jwks` }),
  'another kind of signature with the right name': async (issuer) =>
    signedByStranger(issuer, { alg: 'ES256' }),
  'claims changed after signing': async (issuer) => {
    const [header, , signature] = (await issuer.token('guest')).split('.');
    return [header, base64url.encode(JSON.stringify(claimsFor(issuer))), signature].join('.');
  },
  'a signature cut short': async (issuer) => (await issuer.sign({ roles })).slice(0, -8),
  'another header': async (issuer) => swapHeader(await issuer.sign({ roles }), { alg: 'RS512' }),
  'a fourth part': async (issuer) => `${await issuer.sign({ roles })}.AAAA`,
  'more than 12 KiB': (issuer) => issuer.sign({ roles, padding: 'x'.repeat(10_000) }),
};

/** Tokens that look odd and are right. */
const GENUINE: typeof ATTACKS = {
  'from the issuer itself': (issuer) => issuer.token('boss'),
  'signed as the issuer does': (issuer) => issuer.sign({ roles }),
  'several audiences': (issuer) => issuer.sign({ roles, aud: ['billing', 'hark'] }),
  'the plain type': (issuer) => issuer.sign({ roles }, { typ: 'JWT' }),
  'no type': (issuer) => issuer.sign({ roles }, { typ: undefined }),
  'the whole type': (issuer) => issuer.sign({ roles }, { typ: 'application/at+jwt' }),
  'many other roles': (issuer) =>
    issuer.sign({ roles: [...Array.from({ length: 300 }, (_, index) => `role-${index}`), ...roles] }),
};

describe('tokens that pretend to be of the issuer', () => {
  let issuer: OidcIssuer;
  let other: OidcIssuer;
  let app: NestExpressApplication;

  beforeAll(async () => {
    for (const name of ['warn', 'info'] as const) jest.spyOn(console, name).mockReturnValue();
    const clients = { boss: { roles }, guest: { roles: ['hark-viewer'] } };
    issuer = await OidcIssuer.start(clients);
    other = await OidcIssuer.start(clients);
    const env = {
      ADMIN_TOKEN: 'the-admin-token-of-this-test',
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: 'hark',
    };
    app = await guardedApp(env, { controllers: [Routes], oidcLimits: { newKeysMs: 0, pauseMs: 0 } });
  });
  afterAll(async () => {
    await app.close();
    await Promise.all([issuer, other].map((each) => each[Symbol.asyncDispose]()));
  });

  const statusOf = async (token: string): Promise<number> =>
    (await request(app.getHttpServer()).get('/secret').set('Authorization', `Bearer ${token}`)).status;

  it.each(Object.keys(GENUINE))('(genuine: %s)', async (name) => {
    expect(await statusOf(await GENUINE[name]!(issuer, other))).toBe(200);
  });

  it.each(Object.keys(ATTACKS))('open nothing: %s', async (name) => {
    expect(await statusOf(await ATTACKS[name]!(issuer, other))).toBe(401);
  });

  it('open nothing: more than any header may hold', async () => {
    expect(await statusOf(`${'x'.repeat(30_000)}.y.z`)).toBe(431);
  });
});

function claimsFor(issuer: OidcIssuer): Record<string, unknown> {
  return { iss: issuer.url, aud: 'hark', sub: 'someone', roles, iat: now(), exp: now() + 3600 };
}

function publicKey({ key }: OidcIssuer): KeyObject {
  return createPublicKey({ key: key.jwk, format: 'jwk' });
}

function publicPem(issuer: OidcIssuer): Promise<Buffer> {
  return exportSPKI(publicKey(issuer) as never).then((text) => Buffer.from(text));
}

function hmacWith(issuer: OidcIssuer, secret: Buffer): Promise<string> {
  return new SignJWT(claimsFor(issuer))
    .setProtectedHeader({ alg: 'HS256', kid: issuer.key.kid, typ: 'at+jwt' })
    .sign(new Uint8Array(secret));
}

async function signedByStranger(
  issuer: OidcIssuer,
  { alg = 'RS256', jwk, jku }: { alg?: string; jwk?: boolean; jku?: string },
): Promise<string> {
  const { privateKey, publicKey: own } = await generateKeyPair(alg);
  const header = { alg, kid: issuer.key.kid, typ: 'at+jwt', ...(jku && { jku }) };
  return new SignJWT(claimsFor(issuer))
    .setProtectedHeader(jwk ? { ...header, jwk: await exportJWK(own) } : header)
    .sign(privateKey);
}

function swapHeader(token: string, header: object): string {
  return [base64url.encode(JSON.stringify(header)), ...token.split('.').slice(1)].join('.');
}
