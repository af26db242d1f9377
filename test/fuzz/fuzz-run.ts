import { readdirSync } from 'node:fs';
import { ApiClient } from '../support/api-client';
import { MediaBench, mediaBench } from '../support/media-bench';
import { RunningService, startService } from '../support/service-in-process';
import { corpus } from './corpus';
import { byHttp } from './fuzz-by-http';
import { byReader } from './fuzz-by-reader';
import { FuzzInput, fuzzInput } from './fuzz-input';
import { FuzzOptions } from './fuzz-options';
import { FuzzReport } from './fuzz-report';

/** Throws mutated files at the reader, its decoders and the API, and looks at what they leave behind. */
export async function fuzz(
  options: FuzzOptions,
  onInput: (done: number) => void = () => undefined,
): Promise<FuzzReport> {
  const seeds = corpus();
  const report = new FuzzReport(options);
  const unexpected = (error: unknown): void => report.complain(`uncaught: ${String(error)}`);
  process.on('uncaughtException', unexpected).on('unhandledRejection', unexpected);
  const bench = mediaBench();
  const service =
    options.http > 0 ? await startService({ MAX_MEDIA_BYTES: '4MiB', MAX_MEDIA_SECONDS: '120' }) : undefined;
  try {
    const filesBefore = openFiles();
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < options.count) {
        const input = fuzzInput(seeds, options.seed, options.first + next++, options.http);
        await attempt(input, bench, service, report);
        onInput(next);
      }
    };
    await Promise.all(Array.from({ length: options.parallel }, work));
    await service?.cleared();
    report.temporaryFiles = [...bench.leftOvers(), ...((await service?.temporaryFiles()) ?? [])];
    report.openFiles = openFiles() - filesBefore;
  } finally {
    await service?.close();
    await bench.close();
    process.off('uncaughtException', unexpected).off('unhandledRejection', unexpected);
  }
  return report;
}

async function attempt(
  input: FuzzInput,
  bench: MediaBench,
  service: RunningService | undefined,
  report: FuzzReport,
): Promise<void> {
  const begun = performance.now();
  const outcome =
    input.way === 'http' && service
      ? await byHttp(new ApiClient(service.url), input)
      : await byReader(bench, input);
  report.add(input, outcome, performance.now() - begun);
}

function openFiles(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}
