import { EventEmitter, once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { pcmOf, soundOf } from '../../test/support/opus-packets';
import { CRASHED, REFUSED, ScriptedTranscriber } from '../../test/support/scripted-transcriber';
import { joined, silence, whiteNoise } from '../../test/support/sounds';
import { SplitLiveAudio } from '../media/live/split-live-audio';
import { HarkError } from './errors';
import { LiveEngineService } from './live-engine.service';
import { FinalWords, PartialWords } from './live-session';
import { LiveSpeaker } from './live-speaker';
import { RunningWork } from './running-work';

const FRAME = 3_200;
const words = soundOf('01-en.ogg');
const sentence = joined(words, silence(1));

/** One speaker with a scripted engine. */
function scene({ guesses = true } = {}) {
  const transcriber = new ScriptedTranscriber('engine');
  const work = new RunningWork(undefined as never, undefined as never);
  const finals: FinalWords[] = [];
  const partials: PartialWords[] = [];
  const lost: [start: number, code: string][] = [];
  const told = new EventEmitter();
  const speaker = new LiveSpeaker(
    new SplitLiveAudio().open('pcm_s16le'),
    { language: 'auto', translate: false },
    new LiveEngineService(transcriber, work),
    {
      ...(guesses && { partial: (partial: PartialWords) => partials.push(partial) }),
      dealt: () => told.emit('dealt'),
      final: (final) => finals.push(final),
      lost: ({ start }, { code }: HarkError) => lost.push([start, code]),
    },
  );
  /** @param between is awaited after each frame of 0.1 s */
  const say = async (
    sound: Float32Array,
    between = (): Promise<unknown> => Promise.resolve(),
  ): Promise<void> => {
    const pcm = pcmOf(sound);
    for (let at = 0; at < pcm.length; at += FRAME) {
      speaker.hear(pcm.subarray(at, at + FRAME));
      await between();
    }
  };
  return { transcriber, work, finals, partials, lost, speaker, say, told };
}

const anEternity = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('one who is listened to live', () => {
  it('is read utterance by utterance, in order', async () => {
    const { speaker, say, finals } = scene();
    await say(joined(sentence, sentence, words));
    await speaker.end();
    expect(finals.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(finals.map(({ start }) => Math.round(start))).toEqual([0, 4, 9]);
    expect(speaker.waiting).toBe(0);
    expect(speaker.spoken).toBeGreaterThan(8);
    expect(speaker.seconds).toBeCloseTo(12, 0);
  });

  it('is not taken to pause while the process is busy and their sound waits', async () => {
    const { speaker, say, finals } = scene({ guesses: false });
    const middle = Math.floor(words.length / 2);
    await say(words.subarray(0, middle));
    const { port1, port2 } = new MessageChannel();
    const rest = new Promise<void>((resolve) =>
      port2.once('message', () => resolve(say(words.subarray(middle)))),
    );
    port1.postMessage('the rest is there');
    const until = performance.now() + 1_000;
    while (performance.now() < until);
    await rest;
    port1.close();
    await speaker.end();
    expect(finals).toHaveLength(1);
  });

  it('is understood in part before the pause, at a bounded rate', async () => {
    const { speaker, say, partials, finals, transcriber } = scene();
    await say(sentence, anEternity);
    await speaker.end();
    expect(partials.length).toBeGreaterThan(0);
    // 4.4 s of sound in about a second: no more than twice a second, whatever the engine could do.
    expect(transcriber.given.length - finals.length).toBeLessThanOrEqual(4);
    expect(partials.every(({ index }) => index === 0)).toBe(true);
    expect(finals).toHaveLength(1);
  });

  it('waits for partial words while a note is being read', async () => {
    const { speaker, say, partials, work } = scene();
    const job = work.begin('a-job');
    await say(sentence, anEternity);
    expect(partials).toEqual([]);
    work.end('a-job', job);
    await say(joined(words, words), anEternity);
    await speaker.end();
    expect(partials.length).toBeGreaterThan(0);
  });

  it('brings no silence and no noise to the engine', async () => {
    const { speaker, say, transcriber } = scene();
    await say(joined(silence(2), whiteNoise(4, 0.1), silence(2)), anEternity);
    await speaker.end();
    expect(transcriber.given).toEqual([]);
    expect(speaker.spoken).toBe(0);
  });

  it('is cut where there is no pause for a long time', async () => {
    const { speaker, say, finals } = scene();
    await say(joined(...Array.from({ length: 8 }, () => words.subarray(8_000, 40_000))));
    await speaker.end();
    expect(finals.length).toBeGreaterThan(1);
    for (const { start, end } of finals) expect(end - start).toBeLessThanOrEqual(15);
  });

  it('loses what the engine cannot read, and nothing else', async () => {
    const { speaker, say, finals, lost, transcriber, told } = scene({ guesses: false });
    for (const trouble of [REFUSED, CRASHED]) {
      transcriber.trouble = trouble;
      const dealt = once(told, 'dealt');
      await say(sentence);
      await dealt;
    }
    transcriber.trouble = undefined;
    await say(sentence);
    await speaker.end();
    expect(lost.map(([, code]) => code)).toEqual(['engine_failed', 'engine_failed']);
    expect(finals.map(({ index }) => index)).toEqual([2]);
  });

  it('is through with an utterance when no frame comes any more', async () => {
    const { say, finals, told } = scene({ guesses: false });
    const dealt = once(told, 'dealt');
    await say(words);
    await dealt;
    expect(finals).toHaveLength(1);
  });

  it('is forgotten at once when nobody wants to know any more', async () => {
    const { say, speaker, finals, lost } = scene({ guesses: false });
    await say(joined(sentence, words));
    const before = finals.length;
    speaker.cancel();
    await speaker.end();
    await say(sentence);
    expect([finals.length, lost.length, speaker.waiting]).toEqual([before, 0, 0]);
  });
});
