import { physicalCores } from '../../../src/settings/physical-cores';
import { JobView } from '../../../src/api/jobs/job.view';
import { cpuMsOfFamily } from '../../support/cpu-clock';
import { HarkProcess } from '../../support/hark-process';
import { Said } from './said';

export interface HarkSaid extends Said {
  /** From the beginning until the first words could be read. */
  firstWordsMs: number;
}

/** The built service with this model, as it comes, but for what it has heard before. */
export function startHark(model: string, variables: Record<string, string> = {}): Promise<HarkProcess> {
  return HarkProcess.start({
    WHISPER_MODEL: model,
    WHISPER_THREADS: String(physicalCores()),
    ...variables,
  });
}

/**
 * From the file to the text that the event stream tells.
 *
 * @throws Error when the job does not end well
 */
export async function askHark(
  hark: HarkProcess,
  file: string,
  fields?: Record<string, string>,
): Promise<HarkSaid> {
  const cpu = cpuMsOfFamily(hark.pid);
  const begun = performance.now();
  const { id } = await hark.submit(file, fields);
  let firstWordsMs: number | undefined;
  for await (const { event, data } of hark.events(id)) {
    if (event === 'segment') firstWordsMs ??= performance.now() - begun;
    if (event === 'failed' || event === 'cancelled') throw new Error(`The job has ${event}: ${data}`);
    if (event !== 'done') continue;
    const milliseconds = performance.now() - begun;
    const { text } = JSON.parse(data) as JobView;
    const cpuMs = cpuMsOfFamily(hark.pid) - cpu;
    return { text: text ?? '', milliseconds, cpuMs, firstWordsMs: firstWordsMs ?? milliseconds };
  }
  throw new Error(`The story of job ${id} broke off`);
}
