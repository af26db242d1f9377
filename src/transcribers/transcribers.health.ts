import { HealthCheck, HealthReport } from '../core/health-check';
import { Circuit } from './circuit';

const WORSE: readonly HealthReport['state'][] = ['off', 'ok', 'warning', 'broken'];

/** A back end that the settings name, and who looks at what it needs. */
export interface WatchedBackEnd {
  circuit: Circuit;
  parts: HealthCheck;
}

/** Each back end by name, with what it needs. What is broken is only a warning while another back end works. */
export class TranscribersHealth extends HealthCheck {
  readonly name = 'transcribers';

  /** @param listens false in a process that leaves the listening to others, and needs nothing for it */
  constructor(
    private readonly backEnds: readonly WatchedBackEnd[],
    private readonly listens: boolean,
  ) {
    super();
  }

  async check(): Promise<HealthReport[]> {
    if (!this.listens)
      return this.backEnds.map(({ circuit }) => ({
        name: circuit.transcriber.name,
        state: 'off',
        detail: 'Processes with the role `worker` listen; this one has not got it.',
      }));
    const looks = await Promise.all(
      this.backEnds.map(async ({ circuit, parts }, place) => {
        const reports = await parts.check();
        return [use(circuit, place, reports), ...reports];
      }),
    );
    const someWork = looks.some((reports) => worstOf(reports) !== 'broken');
    return looks.flat().map((report) => (someWork && report.state === 'broken' ? bearable(report) : report));
  }
}

/** Whether the back end is in use. */
function use(
  { transcriber, isOpen, isBeingTested, lastError, nextTest }: Circuit,
  place: number,
  parts: HealthReport[],
): HealthReport {
  const { name } = transcriber;
  if (isOpen) {
    const when = isBeingTested ? 'It is being tested.' : `It is tested at ${nextTest.toISOString()}.`;
    const detail = `Out of use: ${lastError?.userMessage ?? ''} ${when}`;
    return { name, state: 'broken', detail, remedy: 'The log says why.' };
  }
  const state = worstOf(parts);
  if (state === 'broken') return { name, state, detail: 'It cannot be used as it is.' };
  const detail =
    place === 0 ? 'In use; it is asked first.' : 'In use; it is asked where what comes before it fails.';
  return { name, state: 'ok', detail };
}

function bearable(report: HealthReport): HealthReport {
  return { ...report, state: 'warning' };
}

function worstOf(reports: readonly HealthReport[]): HealthReport['state'] {
  return reports.reduce<HealthReport['state']>(
    (worst, { state }) => (WORSE.indexOf(state) > WORSE.indexOf(worst) ? state : worst),
    'off',
  );
}
