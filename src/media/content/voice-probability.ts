import { setImmediate as turn } from 'node:timers/promises';
import { Resampler } from '../decoder/resampler';
import { SAMPLE_RATE } from '../pool/protocol';

/** RNNoise hears 48 kHz in frames of 10 ms, as numbers of the size of 16-bit samples. */
const RATE = 48_000;
const FRAME = 480;
const FULL_SCALE = 32_768;
/** As sure as it has to be of a frame. */
const SURE = 0.8;
/** The shortest words are voiced for 300 ms; drums, keys and hiss are taken for a voice for 150 ms at most. */
const LEAST_FRAMES = 20;
/** After so many frames others have their turn: all of a long noise takes a second. */
const FRAMES_AT_ONCE = 25;

interface Rnnoise {
  ready: Promise<unknown>;
  HEAPF32: Float32Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  _rnnoise_create(): number;
  _rnnoise_destroy(state: number): void;
  /** The probability that a voice is heard. */
  _rnnoise_process_frame(state: number, output: number, input: number): number;
}

let loading: Promise<Rnnoise> | undefined;

/**
 * Whether RNNoise, a recurrent network trained to tell voices from noise of all kinds, hears a voice, however loud;
 * it takes some instruments for one. It listens until it is sure.
 */
export async function hearsVoice(samples: Float32Array): Promise<boolean> {
  const network = await (loading ??= load());
  const wide = new Resampler(SAMPLE_RATE, RATE).push(samples);
  const state = network._rnnoise_create();
  const frame = network._malloc(FRAME * Float32Array.BYTES_PER_ELEMENT);
  let sure = 0;
  try {
    for (let at = 0; at + FRAME <= wide.length && sure < LEAST_FRAMES; at += FRAME) {
      network.HEAPF32.set(
        wide.subarray(at, at + FRAME).map((sample) => sample * FULL_SCALE),
        frame / Float32Array.BYTES_PER_ELEMENT,
      );
      if ((at / FRAME) % FRAMES_AT_ONCE === FRAMES_AT_ONCE - 1) await turn();
      sure = network._rnnoise_process_frame(state, frame, frame) > SURE ? sure + 1 : 0;
    }
  } finally {
    network._rnnoise_destroy(state);
    network._free(frame);
  }
  return sure >= LEAST_FRAMES;
}

async function load(): Promise<Rnnoise> {
  const { default: create } = await import('@jitsi/rnnoise-wasm/dist/rnnoise-sync.js');
  const network = create() as Rnnoise;
  await network.ready;
  return network;
}
