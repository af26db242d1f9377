import { EventEmitter, once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { INestApplicationContext, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HarkError } from '../../core/errors';
import { workingFor } from '../../core/work-context';
import { loadSettings } from '../../settings/load-settings';
import { SettingsModule } from '../../settings/settings.module';
import { TelemetryModule } from '../telemetry.module';

const SECRET = 'marked-secret-of-a-service';

interface Report {
  level: string;
  message: string;
  environment: string;
  tags: Record<string, string>;
  exception: { values: { type: string; value: string; stacktrace: { frames: { filename: string }[] } }[] };
}

describe('reports of errors', () => {
  const reports: Report[] = [];
  const envelopes: string[] = [];
  const news = new EventEmitter();
  let receiver: Server;
  let app: INestApplicationContext;
  const logger = new Logger('Engine');

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      void text(request).then((body) => {
        envelopes.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`);
        reports.push(JSON.parse(body.split('\n')[2] ?? '') as Report);
        response.end('{}');
        news.emit('report');
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const { port } = receiver.address() as AddressInfo;
    const settings = loadSettings(
      {
        SENTRY_DSN: `http://publickey@127.0.0.1:${port}/42`,
        SENTRY_ENVIRONMENT: 'staging',
        OPENAI_API_KEY: SECRET,
        OPENAI_BASE_URL: 'http://x',
        OPENAI_MODEL: 'm',
      },
      { cwd: '/nowhere', terminal: false },
    );
    @Module({ imports: [SettingsModule.of(settings), TelemetryModule.of({ write: () => undefined })] })
    class ProbeModule {}
    app = await NestFactory.createApplicationContext(ProbeModule);
  });
  afterAll(() => receiver.close());

  it('say what the log says: kind, causes, stack and which note, without what is secret or was said', async () => {
    const cause = Object.assign(new Error(`key ${SECRET} was refused`), { body: 'a whole transcript' });
    const failed = new HarkError('engine_failed', 'The engine failed.', { cause });
    workingFor({ jobId: 'job-1', platform: 'slack', stage: 'reading' }, () =>
      logger.error({ err: failed, msg: 'The job failed', token: 'xoxb-marked-token' }),
    );
    await once(news, 'report');
    const [report] = reports;
    expect(report).toMatchObject({
      level: 'error',
      message: 'The job failed',
      environment: 'staging',
      tags: { jobId: 'job-1', platform: 'slack', stage: 'reading', code: 'engine_failed' },
      exception: { values: [{ value: 'key [hidden] was refused' }, { type: 'HarkError' }] },
    });
    expect(report?.exception.values[1]?.stacktrace.frames.at(-1)?.filename).toContain('reports.spec');
    expect(envelopes[0]).toMatch(/^\/api\/42\/envelope\//);
    expect(envelopes.join('')).not.toMatch(/marked|transcript/);
  });

  it('leave out what is no error, and what only a file or a person did', async () => {
    logger.warn({ err: new Error('only a warning'), msg: 'a warning' });
    logger.error({ err: new HarkError('media_empty', 'The file is empty.'), msg: 'The job failed' });
    logger.error(new Error('the last one'));
    await once(news, 'report');
    expect(reports.map(({ exception }) => exception.values.at(-1)?.value)).toEqual([
      'engine_failed: The engine failed.',
      'the last one',
    ]);
  });

  it('are all sent before the process ends', async () => {
    logger.error(new Error('in the last moment'));
    await app.close();
    expect(reports.at(-1)?.exception.values[0]?.value).toBe('in the last moment');
  });
});
