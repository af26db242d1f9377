import { Logger } from '@nestjs/common';
import {
  ABSENT,
  CRASHED,
  piece,
  REFUSED,
  ScriptedTranscriber,
} from '../../test/support/scripted-transcriber';
import { SystemClock } from '../core/clock';
import { HarkError } from '../core/errors';
import { Telemetry } from '../core/telemetry';
import { HeardSegment } from '../core/transcriber';
import { Circuit } from './circuit';
import { CircuitTimings } from './circuit-timings';
import { TranscriberChain } from './transcriber-chain';

Logger.overrideLogger(false);

class Soon extends CircuitTimings {
  override readonly pauseMs = { first: 5, longest: 20 };
  override readonly readyMs: number = 20;
}

const OPTIONS = { language: 'auto', translate: false };
const NEVER = new AbortController().signal;

describe('back ends in order of preference', () => {
  let first: ScriptedTranscriber;
  let second: ScriptedTranscriber;
  let chain: TranscriberChain;
  const chained = (timings: CircuitTimings, ...all: ScriptedTranscriber[]): TranscriberChain =>
    new TranscriberChain(all.map((one) => new Circuit(one, timings, new SystemClock(), new Telemetry())));

  beforeEach(() => {
    [first, second] = [new ScriptedTranscriber('first'), new ScriptedTranscriber('second')];
    chain = chained(new CircuitTimings(), first, second);
  });
  afterEach(() => chain.onModuleDestroy());

  async function heard(index: number, signal = NEVER): Promise<HeardSegment[]> {
    const segments: HeardSegment[] = [];
    for await (const segment of chain.transcribe(piece(index), OPTIONS, signal)) segments.push(segment);
    return segments;
  }
  const texts = async (index: number): Promise<string[]> => (await heard(index)).map(({ text }) => text);
  const failed = (index: number): Promise<HarkError> =>
    heard(index).then(
      () => Promise.reject(new Error('it was heard')),
      (error: HarkError) => error,
    );

  it('the first is asked, and named', async () => {
    expect(await texts(0)).toEqual(['first 0.1', 'first 0.2']);
    const halves = [1, 2].map((half) => ({ text: `first 1.${half}`, madeBy: 'the model of first' }));
    expect(await heard(1)).toMatchObject(halves);
    expect(chain.describe(OPTIONS)).toBe('the model of first');
    expect(second.given).toEqual([]);
  });

  it('what breaks off half way is heard from its beginning by the next, and nothing twice', async () => {
    first.trouble = CRASHED;
    const segments = await heard(0);
    expect(segments.map(({ text }) => text)).toEqual(['second 0.1', 'second 0.2']);
    expect(new Set(segments.map(({ madeBy }) => madeBy))).toEqual(new Set(['the model of second']));
  });

  it('a draft is heard by whoever has its model, or by nobody, and its failing changes nothing', async () => {
    const draft = async (): Promise<string[]> => {
      const segments: HeardSegment[] = [];
      const options = { ...OPTIONS, model: 'small', draft: true };
      for await (const segment of chain.transcribe(piece(0), options, NEVER)) segments.push(segment);
      return segments.map(({ text }) => text);
    };
    await expect(draft()).rejects.toMatchObject({ code: 'engine_unavailable' });
    first.models.set('small', 'loading');
    await expect(draft()).rejects.toMatchObject({ code: 'engine_unavailable' });
    await expect(chain.available('small')).resolves.toMatchObject({ state: 'loading' });
    first.readiness = Promise.reject(ABSENT);
    await expect(chain.ready({ ...OPTIONS, model: 'small' }, NEVER)).rejects.toBe(ABSENT);
    first.readiness = Promise.resolve();
    first.models.set('small', 'ready');
    first.trouble = ABSENT;
    await expect(draft()).rejects.toBe(ABSENT);
    first.trouble = undefined;
    expect(await draft()).toEqual(['first 0.1', 'first 0.2']);
    expect(await texts(1)).toEqual(['first 1.1', 'first 1.2']);
    expect(second.given).toEqual([]);
  });

  it('one that is not there is asked no more', async () => {
    first.trouble = ABSENT;
    for (const index of [0, 1, 2]) expect(await texts(index)).toContain(`second ${index}.1`);
    expect(first.given).toEqual([0]);
    expect(chain.describe(OPTIONS)).toBe('the model of second');
    expect(chain.outage()).toBeUndefined();
  });

  it('one that fails three times in a row is asked no more', async () => {
    first.trouble = CRASHED;
    for (const index of [0, 1]) await heard(index);
    first.trouble = undefined;
    await heard(2);
    first.trouble = CRASHED;
    for (const index of [3, 4, 5, 6]) await heard(index);
    expect(first.given).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('what is the recording’s fault speaks against nobody', async () => {
    first.trouble = REFUSED;
    second.trouble = REFUSED;
    for (const index of [0, 1, 2, 3]) expect(await failed(index)).toBe(REFUSED);
    expect(first.given).toEqual([0, 1, 2, 3]);
    second.trouble = undefined;
    expect(await texts(4)).toContain('second 4.1');
  });

  it('stopping is nobody’s fault, and asks nobody else', async () => {
    for (const index of [0, 1, 2, 3]) {
      const stop = new AbortController();
      const segments = heard(index, stop.signal);
      stop.abort(new Error('enough'));
      await expect(segments).rejects.toThrow('enough');
    }
    expect([first.given, second.given]).toEqual([[0, 1, 2, 3], []]);
    expect(await texts(4)).toContain('first 4.1');
  });

  it('gives back to the first when it has passed a test, which is no recording', async () => {
    chain = chained(new Soon(), first, second);
    first.trouble = ABSENT;
    await heard(0);
    await first.until(() => first.tests >= 3);
    expect(first.given).toEqual([0]);
    expect(await texts(1)).toContain('second 1.1');
    first.trouble = undefined;
    await chain.circuits[0]?.closing;
    expect(await texts(2)).toContain('first 2.1');
  });

  it('an outage of all is to be waited out', async () => {
    chain = chained(new Soon(), first, second);
    [first.trouble, second.trouble] = [ABSENT, new HarkError('model_not_found', 'No such model.')];
    const error = await failed(0);
    expect(error).toMatchObject({ code: 'engine_unavailable', retryable: true, retryAt: expect.any(Date) });
    expect((error.cause as AggregateError).errors).toEqual([ABSENT, second.trouble]);
    const recovery = chain.recovery(NEVER);
    first.trouble = undefined;
    await recovery;
    expect(chain.outage()).toBeUndefined();
    expect(await texts(1)).toContain('first 1.1');
  });

  it('waiting for the end of an outage can be stopped', async () => {
    [first.trouble, second.trouble] = [ABSENT, ABSENT];
    await failed(0);
    expect(chain.outage()).toMatchObject({ code: 'engine_unavailable', retryable: true });
    const stop = new AbortController();
    const recovery = chain.recovery(stop.signal);
    stop.abort(new Error('enough'));
    await expect(recovery).rejects.toThrow('enough');
    await expect(chain.available()).resolves.toEqual({ state: 'unavailable', detail: 'Nobody there.' });
  });

  it('a recording that one fails at while the other is away counts against the recording', async () => {
    [first.trouble, second.trouble] = [ABSENT, CRASHED];
    expect(await failed(0)).toBe(CRASHED);
    expect(await failed(1)).toBe(CRASHED);
  });

  it('what only an admin can mend is told as it is', async () => {
    chain = chained(new CircuitTimings(), first);
    first.trouble = new HarkError('model_corrupt', 'The model is broken.');
    expect(await failed(0)).toBe(first.trouble);
    expect(chain.outage()).toBe(first.trouble);
  });

  it('one that is long in getting ready is not waited for when another one could listen', async () => {
    chain = chained(new Soon(), first, second);
    first.readiness = new Promise(() => undefined);
    expect(await texts(0)).toContain('second 0.1');
    expect(first.given).toEqual([]);
  });

  it('the only one may take its time to get ready', async () => {
    chain = chained(new Soon(), first);
    first.readiness = new Promise(() => undefined);
    expect(await texts(0)).toContain('first 0.1');
  });

  it('a clock that is set back keeps nobody out of use', async () => {
    chain = chained(new Soon(), first, second);
    first.trouble = ABSENT;
    await heard(0);
    const now = jest.spyOn(Date, 'now').mockReturnValue(0);
    first.trouble = undefined;
    await chain.circuits[0]?.closing;
    now.mockRestore();
    expect(await texts(1)).toContain('first 1.1');
  });
});
