import { note } from '../support/discord-scene';
import { HarkProcess } from '../support/hark-process';
import { Scraped } from '../support/metrics';
import { OtlpReceiver } from '../support/otlp-receiver';
import { ThreeProcesses, linesAbout } from '../support/three-processes';

/** The stages that a process has logged of a job, in order. */
const stagesIn = (hark: HarkProcess, id: string): unknown[] => linesAbout(hark, id).map(({ stage }) => stage);
const metricsOf = async (hark: HarkProcess): Promise<Scraped> =>
  new Scraped(await (await hark.call('/metrics')).text());

describe('one id', () => {
  it('tells the whole way of a note across three processes: logs, metrics and one trace', async () => {
    await using receiver = await OtlpReceiver.start();
    await using hark = await ThreeProcesses.open({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    });
    const { job, shows } = await hark.ask();
    // Nobody reads it as yet: an admin cancels it and thinks better of it.
    await hark.api.call(`/api/v1/jobs/${job.id}/cancel`, { method: 'POST' });
    await hark.api.call(`/api/v1/jobs/${job.id}/retry`, { method: 'POST' });
    await hark.worker.start();
    await shows(note(0).text);
    await hark.api.ended(job.id);
    await hark.bot.logged((line) => line.includes('"stage":"delivered"'));
    await hark.worker.logged((line) => line.includes('"stage":"read"'));
    await hark.api.logged((line) => line.includes(`${job.id}/retry`));

    expect(stagesIn(hark.bot, job.id)).toEqual(['received', 'delivered']);
    expect(stagesIn(hark.worker, job.id)).toEqual(['begun', 'read']);
    expect(stagesIn(hark.api, job.id)).toEqual(
      expect.arrayContaining(['cancelled', 'request', 'queued', 'request']),
    );
    const [begun, read] = linesAbout(hark.worker, job.id);
    expect(begun).toMatchObject({ level: 'info', jobId: job.id, platform: 'discord', attempt: 1 });
    expect(read).toMatchObject({
      outcome: 'speech',
      seconds: expect.any(Number),
      timings: expect.any(Object),
    });
    expect(linesAbout(hark.api, job.id).find(({ stage }) => stage === 'queued')?.why).toBe('retry');
    const everything = [hark.api, hark.bot, hark.worker].flatMap(({ log }) => log).join('\n');
    expect(everything).not.toContain(note(0).text);

    const [api, bot, worker] = await Promise.all([hark.api, hark.bot, hark.worker].map(metricsOf));
    expect(bot!.value('hark_notes_received_total{platform="discord"}')).toBe(1);
    expect(bot!.value('hark_notes_total{platform="discord",outcome="speech"}')).toBe(1);
    expect(bot!.value('hark_stage_seconds_count{stage="deliver"}')).toBe(1);
    expect(bot!.value('hark_leader')).toBe(1);
    expect(worker!.value('hark_attempts_total')).toBe(1);
    expect(worker!.value('hark_stage_seconds_count{stage="engine"}')).toBe(1);
    expect(worker!.value('hark_back_end_in_use{back_end="whisper-cpp"}')).toBe(1);
    expect(api!.value('hark_notes_total{platform="discord",outcome="cancelled"}')).toBe(1);
    for (const page of [api!, bot!, worker!]) {
      expect(page.value('hark_queue_waiting{lane="transcription"}')).toBe(0);
      expect(page.value('hark_part_up{part="queue"}')).toBe(1);
    }
    for (const page of [api!, worker!]) expect(page.names).not.toContain('hark_leader');
    for (const page of [api!, bot!]) expect(page.names).not.toContain('hark_back_end_in_use');

    await Promise.all([hark.api, hark.bot, hark.worker].map((each) => each.end()));
    const { spans } = receiver;
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([job.id.replaceAll('-', '')]));
    const names = spans.map(({ name }) => name);
    // Both the cancellation and the delivery ended it.
    expect(names.sort()).toEqual(['deliver', 'hear', 'note', 'note', 'read', 'receive', 'wait']);
    const parentOf = (name: string) => spans.find((span) => span.name === name)?.parentSpanId;
    const idOf = (name: string) => spans.find((span) => span.name === name)?.spanId;
    for (const name of ['receive', 'wait', 'read', 'deliver']) expect(parentOf(name)).toBe(idOf('note'));
    expect(parentOf('hear')).toBe(idOf('read'));
    expect(parentOf('note')).toBeFalsy();
    for (const span of spans) {
      expect(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)).toBeGreaterThanOrEqual(0n);
      expect(span.service).toBe('hark');
    }
    expect(JSON.stringify(spans)).not.toContain(note(0).text);
  }, 240_000);
});
