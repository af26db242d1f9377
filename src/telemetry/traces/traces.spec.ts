import { randomUUID } from 'node:crypto';
import { ToldJob } from '../../core/telemetry';
import { workingFor } from '../../core/work-context';
import { loadSettings } from '../../settings/load-settings';
import { OtlpReceiver } from '../../../test/support/otlp-receiver';
import { NoteTraces } from './note-traces';
import { openTracing } from './tracing';

interface Heard {
  job: ToldJob;
  receiver: OtlpReceiver;
  /** Attempts that are still waited for. */
  reading: number;
}

/** What a receiver hears of one note whose attempts fail, are interrupted and succeed; or that is gone during the first. */
async function heardOf(
  variables: Record<string, string>,
  end: 'ended' | 'left' | 'drafted' = 'ended',
): Promise<Heard> {
  const receiver = await OtlpReceiver.start();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...variables };
  const settings = loadSettings(env, { cwd: '/nowhere', terminal: false });
  for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_')) delete process.env[name];
  const tracing = await openTracing(settings.tracing!);
  const traces = new NoteTraces(tracing);
  const job: ToldJob = {
    id: randomUUID(),
    platform: 'api',
    status: 'queued',
    attempts: 1,
    reused: false,
    timings: {},
    media: {},
    createdAt: new Date(),
  };
  traces.note({ type: 'received', job });
  traces.note({ type: 'begun', job });
  if (end === 'left') traces.note({ type: 'left', job });
  else if (end === 'ended') readInTheEnd(traces, job);
  else improvedInTheEnd(traces, job);
  await tracing.provider.shutdown();
  await receiver[Symbol.asyncDispose]();
  return { job, receiver, reading: traces.underWay };
}

/** There is a draft, and on improving that it gives way once. */
function improvedInTheEnd(traces: NoteTraces, job: ToldJob): void {
  const drafted = { ...job, timings: { draft: 300 } };
  for (const why of ['drafted', 'yielded']) {
    traces.note({ type: 'queued-again', job: drafted, why });
    traces.note({ type: 'left', job: drafted });
    traces.note({ type: 'begun', job: drafted });
  }
  traces.note({ type: 'ended', job: { ...drafted, status: 'done', outcome: 'speech' } });
}

/** A crash, a restart, and then it goes well. */
function readInTheEnd(traces: NoteTraces, job: ToldJob): void {
  traces.note({ type: 'queued-again', job, why: 'engine_crashed' });
  traces.note({ type: 'begun', job: { ...job, attempts: 2 } });
  traces.note({ type: 'queued-again', job, why: 'shutdown' });
  const again = { ...job, attempts: 3 };
  traces.note({ type: 'begun', job: again });
  workingFor({ jobId: job.id, stage: 'reading' }, () =>
    traces.note({ type: 'heard', seconds: 3, milliseconds: 400 }),
  );
  const done = { ...again, status: 'done', outcome: 'speech', timings: { engine: 400 } } as const;
  traces.note({ type: 'ended', job: done });
}

describe('the trace of a note', () => {
  it('does not wait for the end of an attempt whose job is gone', async () => {
    const { receiver, reading } = await heardOf({ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, 'left');
    expect(receiver.spans.map(({ name }) => name)).toEqual(['receive', 'wait', 'read']);
    expect(reading).toBe(0);
  });

  it('has one wait only, though a draft waits to be improved again and again', async () => {
    const { receiver, reading } = await heardOf({ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, 'drafted');
    const { spans } = receiver;
    expect(spans.map(({ name }) => name)).toEqual(['receive', 'wait', 'read', 'read', 'read', 'note']);
    expect(reading).toBe(0);
  });

  it('has its id, a span for each attempt, and what each came to', async () => {
    const { job, receiver } = await heardOf({
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_SERVICE_NAME: 'hark of the tests',
    });
    const { spans } = receiver;
    expect(spans.map(({ name }) => name)).toEqual([
      'receive',
      'wait',
      'read',
      'read',
      'hear',
      'read',
      'note',
    ]);
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([job.id.replaceAll('-', '')]));
    const [failed, interrupted, succeeded] = spans.filter(({ name }) => name === 'read');
    expect(failed?.status).toEqual({ code: 2, message: 'engine_crashed' });
    for (const span of [interrupted, succeeded]) expect(span?.status?.code ?? 0).toBe(0);
    expect(succeeded?.attributes).toEqual(
      expect.arrayContaining([
        { key: 'hark.attempt', value: { intValue: 3 } },
        { key: 'hark.engine.milliseconds', value: { intValue: 400 } },
      ]),
    );
    expect(spans.find(({ name }) => name === 'hear')?.parentSpanId).toBe(succeeded?.spanId);
    expect(spans.at(-1)?.service).toBe('hark of the tests');
  });

  it('is sent as the standard variables say', async () => {
    const { job, receiver } = await heardOf({ OTEL_EXPORTER_OTLP_HEADERS: 'api-key=of-the-receiver' });
    const [{ path, headers, body } = { path: '', headers: {}, body: Buffer.of() }] = receiver.requests;
    expect([path, headers['content-type'], headers['api-key']]).toEqual([
      '/v1/traces',
      'application/x-protobuf',
      'of-the-receiver',
    ]);
    expect(body.includes(Buffer.from(job.id.replaceAll('-', ''), 'hex'))).toBe(true);
  });

  it('is left out where the sampler says so', async () => {
    const { receiver } = await heardOf({
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0',
    });
    expect(receiver.requests).toEqual([]);
  });
});
