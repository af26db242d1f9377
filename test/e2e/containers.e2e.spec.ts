import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient } from '../support/api-client';
import { Container, ContainerHost, canContain } from '../support/deployment/container';
import { ComposeService, composeFile } from '../support/deployment/compose-file';
import { imageCommand } from '../support/deployment/dockerfile';
import { freePort } from '../support/free-port';
import { ModelServer } from '../support/model-server';
import { NOTES } from '../support/notes';
import { TestPostgres, startPostgres } from '../support/postgres';
import { ADMIN_TOKEN } from '../support/service-in-process';

const [note] = NOTES;
// Each test starts several programs, one after the other.
jest.setTimeout(120_000);

/** Until the address answers. Servers written in C keep their words back when nobody watches. */
async function answering(url: string): Promise<void> {
  while (!(await fetch(url).catch(() => undefined))?.ok) await pause(20);
}

/**
 * The services of the compose file as it has them: their commands, settings, volumes, users and read-only file systems.
 * Other than there all share one network, so every server has a port of its own.
 */
(canContain ? describe : describe.skip)('the containers', () => {
  let host: ContainerHost;
  let redis: Container;
  let postgres: TestPostgres;
  let models: ModelServer;
  let variables: Record<string, string>;
  const running: Container[] = [];

  const service = (name: string, more: Record<string, string> = {}): ComposeService =>
    composeFile({ ...variables, ...more }).services[name]!;
  const start = (asked: ComposeService, env: Record<string, string> = {}, command?: string[]): Container => {
    const container = host.run(asked, variables, env, command);
    running.push(container);
    return container;
  };
  /** A service that listens, once it does and its image says that it is healthy. */
  const listening = async (asked: ComposeService): Promise<{ container: Container; api: ApiClient }> => {
    const PORT = String(await freePort());
    const container = start(asked, { PORT });
    await container.says(/Listening on/);
    const check = start(asked, { PORT }, imageCommand('HEALTHCHECK'));
    expect([await check.ended, check.log]).toEqual([0, []]);
    return { container, api: new ApiClient(`http://127.0.0.1:${PORT}`) };
  };
  const read = async (api: ApiClient): Promise<{ status: string; text: string | null }> => {
    const { id } = (await api.note(note!.file)).body;
    await api.events(id);
    const { status, text } = (await api.get(`/jobs/${id}`)).body;
    return { status, text };
  };
  /** Ends as `docker stop` would have it, without anything that went wrong on the way. */
  const stopped = async (container: Container): Promise<void> => {
    expect(await container.stop()).toBe(0);
    expect(container.log.filter((line) => /EROFS|EACCES|"level":"(warn|error|fatal)"/.test(line))).toEqual(
      [],
    );
  };
  const ready = async (api: ApiClient): Promise<string> => (await api.call('GET', '/health/ready')).text;

  beforeAll(async () => {
    host = new ContainerHost();
    [postgres, models] = await Promise.all([startPostgres(), ModelServer.start()]);
    const redisPort = String(await freePort());
    variables = {
      POSTGRES_PASSWORD: 'unused',
      DATABASE_URL: postgres.createDatabase('hark'),
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      ADMIN_TOKEN,
      WHISPER_MODEL_BASE_URL: models.url,
      WHISPER_MODEL_SHA256: models.sha256,
    };
    const { command = [] } = service('redis');
    const elsewhere = ['--port', redisPort, '--bind', '127.0.0.1', '--dir', '/data'];
    redis = host.run(service('redis'), variables, {}, [...command, ...elsewhere]);
    await redis.says(/Ready to accept connections/);
  });
  afterEach(async () => {
    for (const container of running.splice(0)) await container[Symbol.asyncDispose]();
  });
  afterAll(async () => {
    await Promise.all([redis[Symbol.asyncDispose](), postgres.stop(), models.stop()]);
    host[Symbol.dispose]();
  });

  it('can write nothing but their volumes, and are nobody in particular', async () => {
    const places = ['/', '/app', '/etc', '/usr/local/bin', '/data', '/data/models', '/uploads', '/tmp'];
    const tryAll = `id -u; for place in ${places.join(' ')}; do touch "$place/written" 2>/dev/null && echo "$place"; done`;
    const shell = start(service('hark'), {}, ['sh', '-c', tryAll]);
    await shell.ended;
    expect(shell.log).toEqual(['1000', '/data', '/data/models', '/uploads', '/tmp']);
  });

  it('say whether the servers are well', async () => {
    const checks = {
      redis: (test: string[]) => [
        'sh',
        '-c',
        test[1]!.replace('redis-cli', `redis-cli -u ${variables.REDIS_URL}`),
      ],
      postgres: (test: string[]) => [...test.slice(1), `--port=${postgres.port}`],
    };
    for (const [name, command] of Object.entries(checks)) {
      const asked = service(name);
      const check = start(asked, {}, command(asked.healthcheck!.test!));
      expect([name, await check.ended]).toEqual([name, 0]);
    }
  });

  it('fetch the model once, for whisper.cpp to load, and read a note with it', async () => {
    const model = start(service('model'));
    expect([await model.ended, model.log.at(-1)]).toEqual([0, '/data/models/ggml-base-q8_0.bin']);
    expect(models.paths).toEqual(['/ggml-base-q8_0.bin']);

    const port = String(await freePort());
    const whisper = service('whisper');
    const command = whisper.command!.map((word) => (word === '8080' ? port : word));
    const engine = start({ ...whisper, command });
    const check = whisper.healthcheck!.test!.at(-1)!.replace('8080', port);
    await Promise.race([answering(check), engine.says(/error/i)]);

    const { container, api } = await listening(
      service('hark', { WHISPER_SERVER_URL: `http://127.0.0.1:${port}` }),
    );
    expect(JSON.parse(await ready(api))).toMatchObject({
      status: 'ok',
      info: {
        uploads: { detail: 'The folder of UPLOADS_URL can be read and written.' },
        queue: { state: 'ok' },
      },
    });
    expect(await read(api)).toEqual({ status: 'done', text: note!.text });
    await stopped(container);
  });

  it('give every worker an engine of its own, and all the same uploads', async () => {
    const { container, api } = await listening(service('hark', { ROLES: 'api,bot' }));
    const worker = start(service('worker'), { PORT: String(await freePort()) });
    await worker.says(/Listening on/);
    expect(await read(api)).toEqual({ status: 'done', text: note!.text });
    await stopped(worker);
    await stopped(container);
  });

  it('are one that needs no other, if need be', async () => {
    const { container, api } = await listening(service('alone'));
    expect(await read(api)).toEqual({ status: 'done', text: note!.text });
    await stopped(container);
    const check = start(service('alone'), { PORT: String(await freePort()) }, imageCommand('HEALTHCHECK'));
    expect([await check.ended, check.log]).toEqual([
      1,
      [expect.stringMatching(/^not alive: .*ECONNREFUSED/)],
    ]);
  });
});
