import { conceal } from './concealment';
import { Variables } from './environment';

/** OpenTelemetry's standard variables, as far as they are hark's business; the exporter reads the others itself. */
export interface TracingSettings {
  protocol: 'http/protobuf' | 'http/json';
  /** As in `OTEL_TRACES_SAMPLER`. */
  sampler: string;
  /** Share of the traces that are kept, where the sampler has one. */
  share: number;
  /** All that are set, by their names. Their values may be secret. */
  variables: Variables;
}

/**
 * Undefined unless the standard variables name a receiver: there are no traces then.
 *
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function tracingOf(variables: Variables): TracingSettings | undefined {
  const named = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_TRACES_EXPORTER'];
  const exporters = (variables.OTEL_TRACES_EXPORTER ?? 'otlp').toLowerCase().split(',');
  const off = variables.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || !exporters.includes('otlp');
  if (off || named.every((name) => variables[name] === undefined)) return undefined;
  const share = Number(variables.OTEL_TRACES_SAMPLER_ARG ?? 1);
  return conceal<TracingSettings>(
    {
      protocol: protocolOf(variables) === 'http/json' ? 'http/json' : 'http/protobuf',
      sampler: variables.OTEL_TRACES_SAMPLER ?? 'parentbased_always_on',
      share: share >= 0 && share <= 1 ? share : 1,
      variables: standardVariables(variables),
    },
    ['variables'],
  );
}

/** What an admin should know about traces. */
export function tracingWarnings(variables: Variables): string[] {
  const protocol = protocolOf(variables);
  if (!tracingOf(variables) || ['http/protobuf', 'http/json'].includes(protocol)) return [];
  return [`Traces cannot be sent by ${protocol}; http/protobuf is used. Its port is mostly 4318.`];
}

/** Hands on to the exporter what stood in a file only: it reads the process's own environment. */
export function publishTracing({ variables }: TracingSettings, env: NodeJS.ProcessEnv = process.env): void {
  for (const [name, value] of Object.entries(variables)) env[name] ??= value;
}

function protocolOf(variables: Variables): string {
  const { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: own, OTEL_EXPORTER_OTLP_PROTOCOL: common } = variables;
  return (own ?? common ?? 'http/protobuf').toLowerCase();
}

function standardVariables(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => name.startsWith('OTEL_')));
}
