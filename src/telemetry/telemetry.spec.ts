import { Controller, Get, Logger, Module, Post, Req, ServiceUnavailableException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { EventEmitter, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import request from 'supertest';
import { HarkError } from '../core/errors';
import { forEverybody, workingFor } from '../core/work-context';
import { loadSettings } from '../settings/load-settings';
import { SettingsModule } from '../settings/settings.module';
import { TelemetryModule } from './telemetry.module';

const SECRET = 'marked-"secret"-value';
const settings = loadSettings(
  {
    LOG_LEVEL: 'debug',
    OPENAI_API_KEY: SECRET,
    OPENAI_BASE_URL: 'http://x',
    OPENAI_MODEL: 'm',
  },
  { cwd: '/nowhere', terminal: false },
);

const written: string[] = [];
const heard = new EventEmitter();
const output = {
  write(line: string): void {
    written.push(line);
    heard.emit('line');
  },
};

const logger = new Logger('Probe');

@Controller()
class ProbeController {
  @Get('quiet')
  quiet(): string {
    logger.log({ jobId: 'job-1' }, 'inside a request');
    return 'ok';
  }

  @Get('health/live')
  live(): string {
    return 'ok';
  }

  @Post('echo')
  echo(@Req() _request: IncomingMessage): string {
    return 'ok';
  }

  @Get('broken')
  broken(): never {
    throw new ServiceUnavailableException('out of order');
  }
}

@Module({
  imports: [SettingsModule.of(settings), TelemetryModule.of(output)],
  controllers: [ProbeController],
})
class ProbeModule {}

interface Line extends Record<string, unknown> {
  context?: string;
  req?: { path: string };
  err?: { stack: string };
}
const lines = (): Line[] => written.map((line) => JSON.parse(line) as Line);
const requestLine = async (path: string): Promise<Line> => {
  // The line is written when the response has been sent, which the client may notice first.
  for (;;) {
    const found = lines().find((line) => line.req?.path === path);
    if (found) return found;
    await once(heard, 'line');
  }
};

describe('logs', () => {
  let app: NestExpressApplication;

  beforeAll(async () => {
    app = await NestFactory.create<NestExpressApplication>(ProbeModule, { bufferLogs: true });
    await app.init();
  });
  beforeEach(() => {
    written.length = 0;
  });
  afterAll(() => app.close());

  it("hold a request's method, path, status and id, and nothing it carried", async () => {
    const response = await request(app.getHttpServer())
      .post('/echo?q=private+words')
      .set('Authorization', 'Bearer very-secret-token')
      .set('Cookie', 'session=very-secret-cookie')
      .set('X-Request-Id', 'caller-42.a')
      .send({ text: 'private body' });
    const line = await requestLine('/echo');
    expect(line).toMatchObject({
      level: 'info',
      requestId: 'caller-42.a',
      req: { method: 'POST', path: '/echo' },
      res: { statusCode: 201 },
    });
    expect(response.headers['x-request-id']).toBe('caller-42.a');
    expect(written.join('')).not.toMatch(/very-secret|private/);
  });

  it('tie what is said during a request to its id, and make one when the given one is odd', async () => {
    const response = await request(app.getHttpServer()).get('/quiet').set('X-Request-Id', 'a b"c');
    await requestLine('/quiet');
    const said = lines().find((line) => line.msg === 'inside a request');
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(said).toMatchObject({
      context: 'Probe',
      jobId: 'job-1',
      requestId: response.headers['x-request-id'],
    });
  });

  it('say on behalf of which note they were written, but not of what serves everybody', async () => {
    const noteId = 'b5d1b6c2-0000-4000-8000-000000000001';
    await workingFor({ jobId: noteId, platform: 'slack', stage: 'reading' }, async () => {
      await Promise.resolve();
      logger.warn('deep inside');
      logger.log({ stage: 'read', msg: 'told by itself' });
      forEverybody(() => logger.log('for everybody'));
    });
    expect(lines()).toMatchObject([
      { jobId: noteId, platform: 'slack', stage: 'reading', msg: 'deep inside' },
      { jobId: noteId, platform: 'slack', stage: 'read' },
      { msg: 'for everybody' },
    ]);
    expect(lines()[2]).not.toHaveProperty('jobId');
    await request(app.getHttpServer()).get(`/api/v1/jobs/${noteId}/transcript?token=x`);
    expect(await requestLine(`/api/v1/jobs/${noteId}/transcript`)).toMatchObject({ jobId: noteId });
  });

  it('mention health checks only when debugging, and failures as errors', async () => {
    await request(app.getHttpServer()).get('/health/live');
    expect((await requestLine('/health/live')).level).toBe('debug');
    await request(app.getHttpServer()).get('/broken');
    expect((await requestLine('/broken')).level).toBe('error');
  });

  it('show errors with causes but without what libraries hang onto them', () => {
    const cause = Object.assign(new Error(`refused ${SECRET}`), {
      code: 'E_REFUSED',
      requestBody: { json: 'a whole transcript' },
      config: { headers: { Authorization: 'x' } },
    });
    logger.error(new HarkError('engine_failed', 'The engine failed.', { cause, retryable: true }));
    const [line] = lines();
    expect(line).toMatchObject({
      level: 'error',
      context: 'Probe',
      err: {
        type: 'HarkError',
        code: 'engine_failed',
        retryable: true,
        causes: [{ code: 'E_REFUSED', message: 'refused [hidden]' }],
      },
    });
    expect(line?.err?.stack).toContain('telemetry.spec');
    expect(written.join('')).not.toMatch(/transcript|Authorization|marked-/);
  });

  it('hide secrets in texts, in objects and in objects written as text', () => {
    logger.warn(`key ${SECRET} and ${encodeURIComponent(SECRET)}`);
    logger.warn(
      { deep: { list: [{ apiKey: 'abc' }, { headers: { 'set-cookie': ['a=b'] } }] }, user: SECRET },
      'object',
    );
    logger.warn(JSON.stringify({ inner: { client_secret: 'abc"def' }, kept: 1 }));
    expect(written.join('')).not.toMatch(/marked|abc|def|a=b/);
    expect(lines()).toHaveLength(3);
    expect(lines()[2]?.msg).toContain('"kept":1');
  });
});

describe('everything Nest says at start', () => {
  it('goes to the same place', async () => {
    const app = await NestFactory.create(ProbeModule, { bufferLogs: true });
    await app.init();
    expect(lines().map((line) => line.context)).toEqual(
      expect.arrayContaining(['NestFactory', 'InstanceLoader', 'RouterExplorer']),
    );
    await app.close();
  });
});
