import { LocalJobEvents } from '../queue/local-job-events';
import { JobEvents } from './job-events';
import { Policy } from './policy';
import { RunningWork } from './running-work';

describe('work that only improves drafts', () => {
  let events: JobEvents;
  let running: RunningWork;
  beforeEach(() => {
    events = new LocalJobEvents();
    running = new RunningWork(events, {} as Policy);
    running.onModuleInit();
  });
  afterEach(() => running.onModuleDestroy());

  const queued = (drafted?: boolean) =>
    events.publish({ type: 'status', jobId: 'another', status: 'queued', ...(drafted && { drafted }) });
  const why = ({ signal }: AbortController): unknown => signal.aborted && signal.reason;
  const improve = (id: string): AbortController => {
    const controller = running.begin(id);
    running.beganImproving(id);
    return controller;
  };

  it('gives way to a note that comes in, which other work does not', () => {
    const [note, improvement] = [running.begin('note'), improve('improvement')];
    queued();
    expect([why(note), why(improvement)]).toEqual([false, expect.objectContaining({ why: 'yielded' })]);
  });

  it('gives way to one that came in while it was being claimed', () => {
    const controller = running.begin('improvement');
    queued();
    running.beganImproving('improvement');
    expect(why(controller)).toMatchObject({ why: 'yielded' });
  });

  it('does not give way to more of its kind, nor to what came before it', () => {
    queued();
    const improvement = improve('improvement');
    queued(true);
    expect(why(improvement)).toBe(false);
  });
});
