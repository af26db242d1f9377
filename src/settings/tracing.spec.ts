import { inspect } from 'node:util';
import { loadSettingsAndWarnings } from './load-settings';
import { secretsOf } from './secrets';
import { publishTracing } from './tracing';

const load = (env: NodeJS.ProcessEnv) => loadSettingsAndWarnings(env, { cwd: '/nowhere', terminal: false });
const RECEIVER = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

describe('traces', () => {
  it.each([
    {},
    { OTEL_SERVICE_NAME: 'hark' },
    { ...RECEIVER, OTEL_SDK_DISABLED: 'true' },
    { ...RECEIVER, OTEL_TRACES_EXPORTER: 'none' },
    { OTEL_TRACES_EXPORTER: 'console' },
  ])('are not made with %j', (env) => {
    expect(load(env).settings.tracing).toBeUndefined();
  });

  it.each([
    [RECEIVER, { protocol: 'http/protobuf', sampler: 'parentbased_always_on', share: 1 }],
    [{ OTEL_TRACES_EXPORTER: 'otlp' }, { protocol: 'http/protobuf' }],
    [{ ...RECEIVER, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, { protocol: 'http/json' }],
    [
      { ...RECEIVER, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' },
      { sampler: 'traceidratio', share: 0.25 },
    ],
    [{ ...RECEIVER, OTEL_TRACES_SAMPLER_ARG: 'many' }, { share: 1 }],
  ])('are made with %j', (env, expected) => {
    expect(load(env).settings.tracing).toMatchObject(expected);
    expect(load(env).warnings).toEqual([]);
  });

  it('say what they cannot do', () => {
    const { settings, warnings } = load({ ...RECEIVER, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
    expect(settings.tracing?.protocol).toBe('http/protobuf');
    expect(warnings).toEqual([expect.stringContaining('4318')]);
  });

  it('keep to themselves what opens the receiver', () => {
    const { settings } = load({ ...RECEIVER, OTEL_EXPORTER_OTLP_HEADERS: 'x-team=a,api-key=marked-value' });
    expect(secretsOf(settings)).toContain('marked-value');
    expect(inspect(settings, { depth: 5 })).not.toContain('marked-value');
    expect(JSON.stringify(settings)).not.toContain('marked-value');
  });

  it('hand on to the exporter what the real environment does not say', () => {
    const env = { OTEL_SERVICE_NAME: 'of the environment' };
    const { tracing } = load({ ...RECEIVER, OTEL_SERVICE_NAME: 'of the file' }).settings;
    publishTracing(tracing!, env);
    expect(env).toEqual({ ...RECEIVER, OTEL_SERVICE_NAME: 'of the environment' });
  });
});
