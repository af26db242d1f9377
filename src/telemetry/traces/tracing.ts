import { publishTracing, TracingSettings } from '../../settings/tracing';
import { NoteIds } from './note-ids';

const loadSdk = () => import('@opentelemetry/sdk-trace');
type Sdk = Awaited<ReturnType<typeof loadSdk>>;

/** The parts of OpenTelemetry that hark uses, loaded when traces are wanted: nobody else pays for their memory. */
export async function openTracing(settings: TracingSettings) {
  publishTracing(settings);
  const [
    api,
    sdk,
    { defaultResource, detectResources, envDetector, resourceFromAttributes },
    { OTLPTraceExporter },
  ] = await Promise.all([
    import('@opentelemetry/api'),
    loadSdk(),
    import('@opentelemetry/resources'),
    settings.protocol === 'http/json'
      ? import('@opentelemetry/exporter-trace-otlp-http')
      : import('@opentelemetry/exporter-trace-otlp-proto'),
  ]);
  const ids = new NoteIds();
  const provider = new sdk.TracerProvider({
    idGenerator: ids,
    sampler: samplerOf(settings, sdk),
    // What the environment says of the service wins over its name.
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'hark' }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  return { api, provider, ids, tracer: provider.getTracer('hark') };
}

export type Tracing = Awaited<ReturnType<typeof openTracing>>;

function samplerOf({ sampler, share }: TracingSettings, sdk: Sdk) {
  const kind = sampler.replace(/^parentbased_/, '');
  const ratio = () => new sdk.TraceIdRatioBasedSampler(share);
  const root =
    kind === 'traceidratio'
      ? ratio()
      : kind === 'always_off'
        ? new sdk.AlwaysOffSampler()
        : new sdk.AlwaysOnSampler();
  return kind === sampler ? root : new sdk.ParentBasedSampler({ root });
}
