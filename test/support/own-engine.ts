import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { textOf } from '../../src/core/transcript';
import { EngineLimits } from '../../src/transcribers/whisper-cpp/engine/engine-limits';
import { NOTES, samplesOf } from './notes';
import { serverBinary, WhisperRig, whisperSettings } from './whisper';

export const SHORT = NOTES[2]!;
/** Long enough that the engine is still at work on it when something happens. */
export const LONG = new Int16Array(28 * 16_000).map(
  (_, at) => 8_000 * Math.sin(at / 20) * Math.sin(at / 9_000),
);

/** Resolves when the next question has been sent whole, so that the engine has it. */
export function questionSent(): Promise<void> {
  const channel = 'undici:request:bodySent';
  return new Promise((resolve) => {
    const heard = () => {
      unsubscribe(channel, heard);
      resolve();
    };
    subscribe(channel, heard);
  });
}

/** Limits that a test may set, in milliseconds and bytes. */
class TestLimits extends EngineLimits {
  override stopMs = 5_000;
  request?: number;
  most?: number;

  override requestMs(seconds: number): number {
    return this.request ?? super.requestMs(seconds);
  }

  override mostBytes(baseline: number): number {
    return this.most ?? super.mostBytes(baseline);
  }
}

/** What the tests of an engine of our own work with. */
interface OwnEngine {
  readonly rig: WhisperRig;
  readonly limits: TestLimits;
  /** Listens to a short note and expects its words. */
  hearsShort(): Promise<void>;
  /** Stops the engine in the middle of something long, and expects that it obeys. How many milliseconds that took. */
  interrupted(): Promise<number>;
}

/** A new engine for each test around it. */
export function ownEngine(): OwnEngine {
  let limits: TestLimits;
  let rig: WhisperRig;

  beforeEach(() => {
    limits = new TestLimits();
    rig = new WhisperRig(whisperSettings({ WHISPER_SERVER_BIN: serverBinary() }), limits);
  });
  afterEach(() => rig.close());

  return {
    get rig() {
      return rig;
    },
    get limits() {
      return limits;
    },
    hearsShort: async () => expect(textOf(await rig.hear(samplesOf(SHORT.file)))).toBe(SHORT.text),
    interrupted: async () => {
      const stop = new AbortController();
      const sent = questionSent();
      const question = { samples: LONG, language: 'en', audioContext: 1_500 };
      const stopped = rig.pool
        .engineFor()
        .use(28, stop.signal, (client, signal) => client.ask(question, signal));
      await sent;
      const begun = performance.now();
      stop.abort(new Error('enough'));
      await expect(stopped).rejects.toThrow('enough');
      return performance.now() - begun;
    },
  };
}
