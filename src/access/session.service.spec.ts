import { Controller, Get, Post } from '@nestjs/common';
import { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { SessionsInMemory, guardedApp } from '../../test/support/guarded-app';
import { ShiftedClock } from '../../test/support/shifted-clock';
import { NeedsRole } from './access.decorators';
import { SESSION_COOKIE } from './session-cookie';
import { SESSION_MS, SessionService } from './session.service';

const TOKENS = { ADMIN_TOKEN: 'the-admin-of-these-tests', VIEWER_TOKEN: 'the-viewer-of-these-tests' };

@Controller()
class Desk {
  @Get('look')
  @NeedsRole('viewer')
  look(): string {
    return 'seen';
  }

  @Post('change')
  @NeedsRole('admin')
  change(): string {
    return 'changed';
  }
}

describe('a signed-in browser', () => {
  let app: NestExpressApplication;
  let clock: ShiftedClock;
  let sessions: SessionsInMemory;
  const start = async (tokens: Record<string, string>): Promise<void> => {
    app = await guardedApp(tokens, { controllers: [Desk], sessions, clock });
  };
  const open = (token: string): ReturnType<SessionService['open']> => app.get(SessionService).open(token);
  const look = (secret: string): request.Test =>
    request(app.getHttpServer()).get('/look').set('Cookie', `theme=dark; ${SESSION_COOKIE}=${secret}`);
  const change = (secret: string): request.Test =>
    request(app.getHttpServer()).post('/change').set('Cookie', `${SESSION_COOKIE}=${secret}`);

  beforeEach(async () => {
    [clock, sessions] = [new ShiftedClock(), new SessionsInMemory()];
    await start(TOKENS);
  });
  afterEach(() => app.close());

  it('may what its token may, and nothing that another page wants of it', async () => {
    const { secret, caller } = await open(TOKENS.ADMIN_TOKEN);
    expect(caller).toEqual({ id: 'admin', role: 'admin' });
    await look(secret).expect(200);
    await change(secret).set('Sec-Fetch-Site', 'same-origin').expect(201);
    for (const site of ['cross-site', 'same-site', 'none'])
      await change(secret).set('Sec-Fetch-Site', site).expect(401);
    // Over plain HTTP browsers send the origin alone.
    await change(secret)
      .set('Host', 'hark.example:3000')
      .set('Origin', 'http://hark.example:3000')
      .expect(201);
    for (const origin of ['http://hark.example', 'http://evil.example:3000', 'null'])
      await change(secret).set('Host', 'hark.example:3000').set('Origin', origin).expect(401);
    await change(secret).expect(401);
  });

  it('may no more than its token', async () => {
    const { secret } = await open(TOKENS.VIEWER_TOKEN);
    await look(secret).expect(200);
    await change(secret).set('Sec-Fetch-Site', 'same-origin').expect(403);
  });

  it('is nobody with a wrong token, or a secret that is made up', async () => {
    await expect(open('wrong')).rejects.toMatchObject({ code: 'unauthorized' });
    const { secret } = await open(TOKENS.ADMIN_TOKEN);
    const other = `${secret.startsWith('A') ? 'B' : 'A'}${secret.slice(1)}`;
    for (const wrong of [other, secret.slice(1), '']) await look(wrong).expect(401);
  });

  it('is kept so that the store alone tells nothing of the token', async () => {
    const { secret } = await open(TOKENS.ADMIN_TOKEN);
    const kept = JSON.stringify([...sessions.sessions]);
    expect(kept).not.toContain(secret);
    for (const text of [kept, Buffer.from([...sessions.sessions.values()][0]?.sealed ?? '', 'base64url')])
      expect(text.toString()).not.toContain(TOKENS.ADMIN_TOKEN);
  });

  it('is signed out for good, after a week, and when its token is no longer valid', async () => {
    const first = await open(TOKENS.ADMIN_TOKEN);
    const second = await open(TOKENS.ADMIN_TOKEN);
    await app.get(SessionService).close({
      headers: { cookie: `${SESSION_COOKIE}=${first.secret}` },
    } as never);
    await look(first.secret).expect(401);
    await look(second.secret).expect(200);
    await app.close();
    await start({ ...TOKENS, ADMIN_TOKEN: 'another-admin-of-these-tests' });
    await look(second.secret).expect(401);
    const third = await open(TOKENS.VIEWER_TOKEN);
    clock.skip(SESSION_MS);
    await look(third.secret).expect(401);
  });
});
