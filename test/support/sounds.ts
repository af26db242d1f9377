import { execFileSync } from 'node:child_process';

/** Hz of everything made here. */
export const RATE = 16_000;

/** Numbers from 0 to 1 that are the same in every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Normally distributed ones. */
function gaussian(seed: number): () => number {
  const random = randomNumbers(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function silence(seconds: number): Float32Array {
  return new Float32Array(Math.round(seconds * RATE));
}

export function whiteNoise(seconds: number, amplitude = 0.2, seed = 1): Float32Array {
  const next = gaussian(seed);
  return silence(seconds).map(() => amplitude * next());
}

export function sineTone(seconds: number, hertz = 440): Float32Array {
  return silence(seconds).map((_, i) => 0.4 * Math.sin((2 * Math.PI * hertz * i) / RATE));
}

/** Somebody types: two clicks a key, now and then a pause. */
export function keyboardClatter(seconds: number, seed = 7): Float32Array {
  const random = randomNumbers(seed);
  const hiss = gaussian(seed + 1);
  const sound = silence(seconds).map(() => 0.002 * hiss());
  for (let at = 0.2; at < seconds - 0.3; at += (0.09 + 0.25 * random()) * (random() < 0.1 ? 5 : 1)) {
    for (const [after, strength] of [
      [0, 1],
      [0.06 + 0.04 * random(), 0.5],
    ] as const) {
      const hertz = 1_500 + 3_000 * random();
      const loudness = strength * (0.2 + 0.5 * random());
      const decay = 0.004 + 0.006 * random();
      add(sound, at + after, 0.05, (t) => {
        return loudness * Math.exp(-t / decay) * 0.6 * (hiss() + Math.sin(2 * Math.PI * hertz * t));
      });
    }
  }
  return sound;
}

const CHORDS = [
  [60, 64, 67],
  [57, 60, 64],
  [53, 57, 60],
  [55, 59, 62],
];
const SCALE = [0, 2, 4, 5, 7, 9, 11, 12];

/** Struck strings that ring out: a melody over chords. */
export function pianoMusic(seconds: number, seed = 11): Float32Array {
  const random = randomNumbers(seed);
  const sound = silence(seconds);
  const strike = (at: number, length: number, note: number, loudness: number): void => {
    const hertz = pitchOf(note);
    add(sound, at, length, (t) => {
      let value = 0;
      for (let h = 1; h <= 8 && hertz * h < 7_600; h++) {
        const stretched = hertz * h * Math.sqrt(1 + 0.0004 * h * h);
        value += (Math.sin(2 * Math.PI * stretched * t) * Math.exp(-t * (1.5 + 0.9 * h))) / h ** 1.1;
      }
      return loudness * value * Math.min(1, t / 0.004, (length - t) / 0.03);
    });
  };
  for (let beat = 0; beat * 0.4 < seconds - 0.1; beat++) {
    if (beat % 4 === 0) chordAt(beat / 4).forEach((note) => strike(beat * 0.4, 1.6, note - 12, 0.09));
    strike(beat * 0.4, 0.39, 60 + SCALE[Math.floor(random() * 8)]!, 0.25);
  }
  return sound;
}

/** Chords taken apart, note by note, on a synthesizer. */
export function arpeggio(seconds: number): Float32Array {
  const sound = silence(seconds);
  for (let step = 0; step * 0.12 < seconds - 0.1; step++) {
    const hertz = pitchOf(chordAt(step >> 4)[step % 3]! + 12 * (Math.floor(step / 3) % 2));
    add(sound, step * 0.12, 0.12, (t) => {
      let value = 0;
      for (let h = 1; h <= 20 && hertz * h < 7_600; h++) value += Math.sin(2 * Math.PI * hertz * h * t) / h;
      return 0.12 * value * Math.min(1, t / 0.02, (0.12 - t) / 0.03);
    });
  }
  return sound;
}

/** Bass drum, snare and hi-hat. */
export function drums(seconds: number, seed = 19): Float32Array {
  const hiss = gaussian(seed);
  const sound = silence(seconds);
  const kick = (t: number): number =>
    0.7 * Math.exp(-t / 0.08) * Math.sin(2 * Math.PI * (50 * t + 6 * (1 - Math.exp(-t / 0.02))));
  const snare = (t: number): number =>
    0.4 * Math.exp(-t / 0.06) * (0.5 * hiss() + Math.sin(2 * Math.PI * 190 * t));
  for (let step = 0; step * 0.25 < seconds; step++) {
    add(sound, step * 0.25, 0.3, (t) => 0.15 * Math.exp(-t / 0.02) * hiss());
    if (step % 4 === 0 || step % 8 === 3) add(sound, step * 0.25, 0.3, kick);
    if (step % 4 === 2) add(sound, step * 0.25, 0.3, snare);
  }
  return sound;
}

/** Two sounds at once; the second begins again when it is over. `ratio` is how much louder the first is, in dB. */
export function mixed(one: Float32Array, other: Float32Array, ratio: number): Float32Array {
  const factor = (loudness(one) / loudness(other)) * 10 ** (-ratio / 20);
  return one.map((value, i) => 0.5 * (value + factor * other[i % other.length]!));
}

export function joined(...sounds: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(sounds.reduce((length, sound) => length + sound.length, 0));
  let at = 0;
  for (const sound of sounds) {
    whole.set(sound, at);
    at += sound.length;
  }
  return whole;
}

/** As a WAV file with 16-bit samples. */
export function wavOf(sound: Float32Array, rate = RATE): Buffer {
  const data = Buffer.alloc(sound.length * 2);
  sound.forEach((value, i) =>
    data.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(value * 32_767))), i * 2),
  );
  return Buffer.concat([wavHeader(data.length, { rate }), data]);
}

export interface WavShape {
  rate?: number;
  channels?: number;
  bits?: number;
  /** 1: integers, 3: floating point. */
  kind?: number;
  /** Writes the longer header that newer programs write. */
  extensible?: boolean;
}

export function wavHeader(dataBytes: number, shape: WavShape = {}): Buffer {
  const { rate = RATE, channels = 1, bits = 16, kind = 1, extensible = false } = shape;
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : kind, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE((rate * channels * bits) / 8, 8);
  format.writeUInt16LE((channels * bits) / 8, 12);
  format.writeUInt16LE(bits, 14);
  if (extensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(bits, 18);
    format.writeUInt32LE(0, 20);
    format.writeUInt16LE(kind, 24);
    format.write('000000001000800000aa00389b71', 26, 'hex');
  }
  const data = chunk('data', Buffer.alloc(0));
  data.writeUInt32LE(dataBytes >>> 0, 4);
  const body = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), data]);
  const riff = chunk('RIFF', Buffer.alloc(0));
  riff.writeUInt32LE((body.length + dataBytes) >>> 0, 4);
  return Buffer.concat([riff, body]);
}

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** A media file made into another one by ffmpeg; `output` is what stands behind `-i`, the container's name first. */
export function encoded(input: Buffer, container: string, ...output: readonly string[]): Buffer {
  return execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', 'pipe:0', ...output, '-f', container, ...seekless(container), 'pipe:1'],
    { input, maxBuffer: 256 * 1024 * 1024 },
  );
}

/** As voice notes come from chats. */
export function oggOf(sound: Float32Array, ...output: readonly string[]): Buffer {
  return encoded(wavOf(sound), 'ogg', '-c:a', 'libopus', '-b:a', '24k', '-bitexact', ...output);
}

function seekless(container: string): string[] {
  return container === 'mp4' || container === 'mov' || container === 'ipod'
    ? ['-movflags', '+frag_keyframe+empty_moov']
    : [];
}

function add(sound: Float32Array, at: number, seconds: number, value: (t: number) => number): void {
  const first = Math.round(at * RATE);
  const end = Math.min(sound.length, first + Math.round(seconds * RATE));
  for (let i = first; i < end; i++) sound[i] = sound[i]! + value((i - first) / RATE);
}

function chordAt(bar: number): readonly number[] {
  return CHORDS[bar % CHORDS.length]!;
}

function pitchOf(note: number): number {
  return 440 * 2 ** ((note - 69) / 12);
}

function loudness(sound: Float32Array): number {
  return Math.sqrt(sound.reduce((sum, value) => sum + value * value, 0) / sound.length);
}
