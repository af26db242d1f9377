import { ScriptedTranscriber, piece } from '../../test/support/scripted-transcriber';
import { LocalJobEvents } from '../queue/local-job-events';
import { JobEvents } from './job-events';
import { LiveEngineService } from './live-engine.service';
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

  const queued = (first?: boolean) =>
    events.publish({ type: 'status', jobId: 'another', status: 'queued', ...(first && { first }) });
  const why = ({ signal }: AbortController): unknown => signal.aborted && signal.reason;
  const improve = (id: string): AbortController => {
    const controller = running.begin(id);
    running.beganImproving(id);
    return controller;
  };

  it('gives way to a note that comes in, which other work does not', () => {
    const [note, improvement] = [running.begin('note'), improve('improvement')];
    queued(true);
    expect([why(note), why(improvement)]).toEqual([false, expect.objectContaining({ why: 'yielded' })]);
  });

  it('gives way to one that came in while it was being claimed', () => {
    const controller = running.begin('improvement');
    queued(true);
    running.beganImproving('improvement');
    expect(why(controller)).toMatchObject({ why: 'yielded' });
  });

  it('does not give way to more of its kind, nor to what came before it', () => {
    queued(true);
    const improvement = improve('improvement');
    queued();
    expect(why(improvement)).toBe(false);
  });

  it('keeps nobody from speaking live, and gives way to what they have said', async () => {
    const transcriber = new ScriptedTranscriber('ears');
    const live = new LiveEngineService(transcriber, running);
    const improvement = improve('improvement');
    expect(live.isIdle).toBe(true);
    running.begin('note');
    expect(live.isIdle).toBe(false);
    await live.read(piece(0), { language: 'auto', translate: false }, new AbortController().signal);
    expect(why(improvement)).toMatchObject({ why: 'yielded' });
  });
});
