import { Controller, Delete, Get, Post } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { guardedApp, HashesInMemory } from '../../test/support/guarded-app';
import { NeedsRole, Public } from './access.decorators';
import { isTokenOf } from './token-hash';
import { TokenService } from './token.service';

const ADMIN = 'the-admin-token-of-this-test';
const VIEWER = 'the-viewer-token-of-this-test';

@Controller('jobs')
class JobsController {
  @Get()
  @NeedsRole('viewer')
  list(): string {
    return 'read';
  }
  @Get('undeclared')
  undeclared(): string {
    return 'forgotten';
  }
  @Post()
  submit(): string {
    return 'written';
  }
  @Delete()
  @NeedsRole('viewer')
  harmless(): string {
    return 'allowed';
  }
  @Get('audit')
  @NeedsRole('admin')
  audit(): string {
    return 'private';
  }
}

@Public()
@Controller('health')
class HealthController {
  @Get()
  live(): string {
    return 'alive';
  }
  @Get('inner')
  @NeedsRole('admin')
  inner(): string {
    return 'closed';
  }
}

const start = (env: NodeJS.ProcessEnv, tokens = new HashesInMemory()): Promise<NestExpressApplication> =>
  guardedApp(env, { controllers: [JobsController, HealthController], tokens });

describe('the guard', () => {
  let app: NestExpressApplication;
  const call = (method: 'get' | 'post' | 'delete', path: string, authorization?: string) => {
    const made = request(app.getHttpServer())[method](path);
    return authorization === undefined ? made : made.set('Authorization', authorization);
  };

  beforeAll(async () => {
    app = await start({ ADMIN_TOKEN: ADMIN, VIEWER_TOKEN: VIEWER });
  });
  afterAll(() => app.close());

  it.each([
    [undefined],
    [''],
    ['Bearer'],
    ['Bearer '],
    ['Bearer wrong'],
    [`Bearer ${ADMIN}x`],
    [`Bearer ${ADMIN.slice(1)}`],
    [`Bearer ${ADMIN.toUpperCase()}`],
    [`Basic ${ADMIN}`],
    [`Bearer ${ADMIN} ${ADMIN}`],
    [ADMIN],
  ])('refuses without a valid token: %s', async (authorization) => {
    for (const method of ['get', 'post', 'delete'] as const) {
      const response = await call(method, '/jobs', authorization);
      expect([response.status, response.body.code]).toEqual([401, 'unauthorized']);
      expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
    }
  });

  it('takes no token from the address', async () => {
    await call('get', `/jobs?token=${ADMIN}&access_token=${ADMIN}`).expect(401);
  });

  it('lets the admin do everything', async () => {
    await call('get', '/jobs', `Bearer ${ADMIN}`).expect(200);
    await call('get', '/jobs', `bearer  ${ADMIN} `).expect(200);
    await call('post', '/jobs', `Bearer ${ADMIN}`).expect(201);
    await call('delete', '/jobs', `Bearer ${ADMIN}`).expect(200);
    await call('get', '/jobs/audit', `Bearer ${ADMIN}`).expect(200);
  });

  it('opens a route that says nothing to the admin only', async () => {
    await call('get', '/jobs/undeclared', `Bearer ${VIEWER}`).expect(403);
    await call('get', '/jobs/undeclared', `Bearer ${ADMIN}`).expect(200);
  });

  it('lets the viewer read, and what a route allows or forbids besides', async () => {
    await call('get', '/jobs', `Bearer ${VIEWER}`).expect(200);
    await call('delete', '/jobs', `Bearer ${VIEWER}`).expect(200);
    for (const response of [
      await call('post', '/jobs', `Bearer ${VIEWER}`),
      await call('get', '/jobs/audit', `Bearer ${VIEWER}`),
    ]) {
      expect([response.status, response.body.code]).toEqual([403, 'forbidden']);
    }
  });

  it('leaves public routes open, but for those in them that ask for a role', async () => {
    await call('get', '/health').expect(200);
    await call('get', '/health/inner').expect(401);
    await call('get', '/health/inner', `Bearer ${VIEWER}`).expect(403);
    await call('get', '/health/inner', `Bearer ${ADMIN}`).expect(200);
  });
});

describe('an address that goes on without a valid token', () => {
  it('is told to wait, also when it has guessed one at last', async () => {
    const app = await start({ ADMIN_TOKEN: ADMIN });
    const call = (token: string): request.Test =>
      request(app.getHttpServer()).get('/jobs').set('Authorization', `Bearer ${token}`);
    try {
      for (let guess = 0; guess < 300; guess++) await call(`guess-${guess}`).expect(401);
      expect((await call(ADMIN)).body).toMatchObject({ code: 'too_many_requests' });
    } finally {
      await app.close();
    }
  }, 60_000);
});

describe('the first start', () => {
  let printed: string[];
  beforeEach(() => {
    printed = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  });
  afterEach(() => jest.restoreAllMocks());
  const tokens = () => printed.flatMap((text) => text.match(/hark_[\w-]{43}/g) ?? []);

  it('makes a token, shows it once, and stores its hash only', async () => {
    const store = new HashesInMemory();
    const first = await start({}, store);
    const [token, ...more] = tokens();
    expect(more).toEqual([]);
    expect(store.hashes.get('admin')).not.toContain(token!.slice(5));
    expect(isTokenOf(store.hashes.get('admin')!, token!)).toBe(true);
    await request(first.getHttpServer()).post('/jobs').set('Authorization', `Bearer ${token}`).expect(201);
    await first.close();

    const second = await start({}, store);
    expect(tokens()).toEqual([token]);
    await request(second.getHttpServer()).get('/jobs').set('Authorization', `Bearer ${token}`).expect(200);
    await second.close();

    const own = await start({ ADMIN_TOKEN: ADMIN }, store);
    await request(own.getHttpServer()).get('/jobs').set('Authorization', `Bearer ${token}`).expect(401);
    await own.close();
    expect(store.hashes.size).toBe(0);

    // Whoever chose a token because this one got into wrong hands does not want it back.
    const later = await start({}, store);
    expect(tokens()).toHaveLength(2);
    await request(later.getHttpServer()).get('/jobs').set('Authorization', `Bearer ${token}`).expect(401);
    await later.close();
  });

  it('ends with one token when several processes start at once', async () => {
    const store = new HashesInMemory();
    const apps = await Promise.all([1, 2, 3, 4].map(() => start({}, store)));
    expect(tokens()).toHaveLength(1);
    for (const app of apps) {
      expect(app.get(TokenService).roleOf(tokens()[0]!)).toBe('admin');
      await app.close();
    }
  });

  it('makes none where no API is served', async () => {
    const store = new HashesInMemory();
    const app = await start({ ROLES: 'worker', REDIS_URL: 'redis://localhost' }, store);
    expect([tokens(), store.hashes.size]).toEqual([[], 0]);
    await request(app.getHttpServer()).get('/jobs').set('Authorization', 'Bearer undefined').expect(401);
    await app.close();
  });
});

describe('hashes', () => {
  it.each(['', 'a:b:c', 'hmac-sha256:', 'hmac-sha256:AAAA:', 'hmac-sha256:AAAA:AAAA', 'sha1:AAAA:AAAA'])(
    'that are damaged match nothing: %s',
    (hash) => {
      expect(isTokenOf(hash, '')).toBe(false);
      expect(isTokenOf(hash, 'token')).toBe(false);
    },
  );
});
