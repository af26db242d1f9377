import { Controller, Get, Post } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SignJWT } from 'jose';
import request from 'supertest';
import { AuditInMemory, guardedApp } from '../../../test/support/guarded-app';
import { OidcIssuer } from '../../../test/support/oidc-issuer';
import { ShiftedClock } from '../../../test/support/shifted-clock';
import { HealthRegistry } from '../../core/health.registry';
import { Caller, CurrentCaller } from '../caller';
import { NeedsRole } from '../access.decorators';

const ADMIN_TOKEN = 'the-admin-token-of-this-test';
const HOUR_MS = 3_600_000;

@Controller()
class Routes {
  @Get('look')
  @NeedsRole('viewer')
  look(@CurrentCaller() caller: Caller): Caller {
    return caller;
  }

  @Post('change')
  @NeedsRole('admin')
  change(): string {
    return 'changed';
  }
}

const CLIENTS = {
  boss: { roles: ['other', 'hark-admin'], preferred_username: 'Bo\u0007ss' },
  guest: { roles: ['hark-viewer'] },
  stranger: { roles: ['admin', 'hark'] },
  keycloak: {
    typ: 'Bearer',
    azp: 'console',
    realm_access: { roles: ['default-roles-community', 'hark-admin'] },
    resource_access: { 'hark.example.org': { roles: ['hark-viewer'] } },
  },
};

describe('tokens of an OpenID issuer', () => {
  let issuer: OidcIssuer;
  let app: NestExpressApplication;
  let clock: ShiftedClock;
  let audit: AuditInMemory;
  const opened: NestExpressApplication[] = [];

  async function hark(env: NodeJS.ProcessEnv = {}, limits: object = {}): Promise<NestExpressApplication> {
    clock = new ShiftedClock();
    audit = new AuditInMemory();
    const all = { ADMIN_TOKEN, OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: 'hark', ...env };
    const parts = {
      controllers: [Routes],
      clock,
      audit,
      oidcLimits: { newKeysMs: 0, pauseMs: 0, ...limits },
    };
    const made = await guardedApp(all, parts);
    opened.push(made);
    return made;
  }
  const look = (token: string, of = app) =>
    request(of.getHttpServer()).get('/look').set('Authorization', `Bearer ${token}`);
  const change = (token: string, of = app) =>
    request(of.getHttpServer()).post('/change').set('Authorization', `Bearer ${token}`);

  beforeAll(async () => {
    // The provider tells at every start that it is not configured for production.
    for (const name of ['warn', 'info'] as const) jest.spyOn(console, name).mockReturnValue();
    issuer = await OidcIssuer.start(CLIENTS);
  });
  afterAll(() => issuer[Symbol.asyncDispose]());
  beforeEach(async () => {
    app = await hark();
  });
  afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())));

  it('open what the roles in them say', async () => {
    const [boss, guest, stranger] = await Promise.all(
      ['boss', 'guest', 'stranger'].map((id) => issuer.token(id)),
    );
    expect((await look(boss!)).body).toEqual({ id: 'oidc:boss', name: 'Boss', role: 'admin' });
    expect((await look(guest!)).body).toMatchObject({ id: 'oidc:guest', role: 'viewer' });
    await change(boss!).expect(201);
    expect((await change(guest!).expect(403)).body.detail).toMatch(/may only read/);
    expect((await look(stranger!).expect(403)).body.detail).toMatch(/has no role in hark/);
    expect(audit.entries).toMatchObject([
      {
        actor: 'api:oidc:guest',
        role: 'viewer',
        detail: 'POST /change',
        outcome: 'refused',
        code: 'forbidden',
      },
      { actor: 'api:oidc:stranger', detail: 'GET /look', outcome: 'refused' },
    ]);
  });

  it('are read where Keycloak and others keep the roles', async () => {
    const token = await issuer.token('keycloak');
    await look(token).expect(403);
    const realm = await hark({ OIDC_ROLES_CLAIM: 'realm_access.roles' });
    await change(token, realm).expect(201);
    const client = await hark({ OIDC_ROLES_CLAIM: 'resource_access.hark.example.org.roles' });
    await look(token, client).expect(200);
    await change(token, client).expect(403);
    const named = await hark({
      OIDC_ROLES_CLAIM: 'realm_access.roles',
      OIDC_ADMIN_ROLE: 'nobody',
      OIDC_VIEWER_ROLE: 'default-roles-community',
    });
    await change(token, named).expect(403);
  });

  it('ask the issuer once for its address and once for its keys, and never for rubbish', async () => {
    issuer.asked.length = 0;
    for (const rubbish of ['a.b.c', 'e30.e30.e30', `${'x'.repeat(20_000)}.y.z`, 'no token at all'])
      await look(rubbish);
    await look(
      await new SignJWT({ iss: 'https://elsewhere.example' })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(Buffer.alloc(32)),
    );
    expect(issuer.asked).toEqual([]);
    const token = await issuer.token('guest');
    await Promise.all(Array.from({ length: 20 }, () => look(token).expect(200)));
    expect(issuer.asked.filter((path) => path !== '/token')).toEqual([
      '/.well-known/openid-configuration',
      '/jwks',
    ]);
  });

  it('end with their time, but for a small difference of the clocks', async () => {
    const token = await issuer.token('boss');
    clock.skip(HOUR_MS + 20_000);
    await look(token).expect(200);
    clock.skip(20_000);
    expect((await look(token).expect(401)).headers['www-authenticate']).toContain('invalid_token');
  });

  it('follow the issuer to new keys, and are refused with the old ones', async () => {
    const before = await issuer.token('boss');
    await look(before).expect(200);
    await issuer.rotate('ES256');
    const after = await issuer.token('boss');
    await look(after).expect(200);
    await look(before).expect(401);
    await issuer.rotate('RS256');
  });

  it('do not make hark ask for new keys as often as somebody likes', async () => {
    const patient = await hark({}, { newKeysMs: 60_000 });
    await look(await issuer.token('boss'), patient).expect(200);
    issuer.asked.length = 0;
    for (let index = 0; index < 5; index++)
      await look(await issuer.sign({ roles: ['hark-admin'] }, { kid: `made-up-${index}` }), patient).expect(
        401,
      );
    expect(issuer.asked).toEqual([]);
  });

  describe('when the issuer is away', () => {
    it('cannot be checked: that is said, and only of them', async () => {
      const token = await issuer.token('boss');
      issuer.fail();
      const away = await look(token).expect(503);
      expect(away.body).toMatchObject({ code: 'service_unavailable', retryAt: expect.any(String) });
      await look(ADMIN_TOKEN).expect(200);
      await look('wrong').expect(401);
      await look(`${token.split('.').slice(0, 2).join('.')}.${'!'.repeat(10)}`).expect(401);
      issuer.resume();
      await look(token).expect(200);
      issuer.fail();
      // Its keys are known by now.
      await look(token).expect(200);
      issuer.resume();
      expect(audit.entries.filter(({ code }) => code === 'service_unavailable')).toEqual([]);
    });

    it('worries the health page, and no more than that', async () => {
      const check = async () => {
        clock.skip(60_000);
        return app.get(HealthRegistry, { strict: false }).report();
      };
      expect(await check()).toMatchObject([{ name: 'identity', state: 'ok' }]);
      issuer.fail();
      expect(await check()).toMatchObject([
        { name: 'identity', state: 'warning', detail: expect.stringContaining('answered 502') },
      ]);
      issuer.resume();
      expect(await check()).toMatchObject([{ state: 'ok' }]);
      issuer.asked.length = 0;
      for (let index = 0; index < 5; index++) await app.get(HealthRegistry, { strict: false }).report();
      expect(issuer.asked).toEqual([]);
    });

    it('is not asked again at once', async () => {
      const token = await issuer.token('boss');
      const patient = await hark({}, { pauseMs: 60_000 });
      issuer.fail();
      issuer.asked.length = 0;
      for (let index = 0; index < 5; index++) await look(token, patient).expect(503);
      expect(issuer.asked).toHaveLength(1);
      issuer.resume();
    });

    it('and one that says it is another is not believed', async () => {
      const other = await OidcIssuer.start(CLIENTS);
      const confused = await hark({ OIDC_ISSUER: other.url.replace('127.0.0.1', 'localhost') });
      await look(await issuer.sign({ iss: other.url.replace('127.0.0.1', 'localhost') }), confused).expect(
        503,
      );
      await other[Symbol.asyncDispose]();
    });
  });
});
