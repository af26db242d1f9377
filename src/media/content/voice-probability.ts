import { Resampler } from '../decoder/resampler';
import { SAMPLE_RATE } from '../pool/protocol';

/** RNNoise hears 48 kHz in frames of 10 ms, as numbers of the size of 16-bit samples. */
const RATE = 48_000;
const FRAME = 480;
const FULL_SCALE = 32_768;
/** As sure as it has to be of a frame. */
const SURE = 0.8;
/** A second of voice settles it; more need not be listened to. */
const ENOUGH_FRAMES = 100;

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
 * Seconds in which RNNoise, a recurrent network trained to tell voices from noise of all kinds, is sure of a voice;
 * it stops listening after one second of voice. It takes some music for a voice, and whatever the level is.
 */
export async function voiceSeconds(samples: Float32Array): Promise<number> {
  const network = await (loading ??= load());
  const wide = new Resampler(SAMPLE_RATE, RATE).push(samples);
  const state = network._rnnoise_create();
  const frame = network._malloc(FRAME * Float32Array.BYTES_PER_ELEMENT);
  let sure = 0;
  try {
    for (let at = 0; at + FRAME <= wide.length && sure < ENOUGH_FRAMES; at += FRAME) {
      network.HEAPF32.set(
        wide.subarray(at, at + FRAME).map((sample) => sample * FULL_SCALE),
        frame / Float32Array.BYTES_PER_ELEMENT,
      );
      if (network._rnnoise_process_frame(state, frame, frame) > SURE) sure++;
    }
  } finally {
    network._rnnoise_destroy(state);
    network._free(frame);
  }
  return sure / 100;
}

async function load(): Promise<Rnnoise> {
  const { default: create } = await import('@jitsi/rnnoise-wasm/dist/rnnoise-sync.js');
  const network = create() as Rnnoise;
  await network.ready;
  return network;
}
