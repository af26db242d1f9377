import { SAMPLE_RATE } from '../pool/protocol';
import { PowerSpectrum } from './power-spectrum';

/** 64 ms every 32 ms: fine enough to tell a held note from a gliding one. */
const FRAME = 1024;
const HOP = 512;
/** 90 to 5,000 Hz. */
const FIRST_BIN = 6;
const LAST_BIN = 320;
/** Frames this far below the loudest are not listened to, as a share of power. */
const GATE = 1e-3;

interface Peak {
  hertz: number;
  power: number;
}
interface Peaks {
  all: Peak[];
  power: number;
}

const spectrum = new PowerSpectrum(FRAME, FRAME);

/** How much of the tones in a piece stays where it is for 64 ms, and how many notes those are. */
export interface Steadiness {
  /** 0 to 1: speech and noise stay below 0.2, mostly; instruments are above 0.4, mostly. */
  share: number;
  /** Different semitones among the strongest tones that were held. */
  notes: number;
}

export function steadinessOf(samples: Float32Array): Steadiness {
  const frames: Peaks[] = [];
  for (let at = 0; at + FRAME <= samples.length; at += HOP) frames.push(peaksOf(spectrum.of(samples, at)));
  const gate = frames.reduce((most, frame) => Math.max(most, frame.power), 0) * GATE;
  const held = new Map<number, number>();
  let all = 0;
  let steady = 0;
  frames.forEach((frame, i) => {
    const before = frames[i - 2];
    if (!before || frame.power < gate || before.power < gate) return;
    for (const peak of frame.all) {
      const weight = peak.power ** 0.25;
      all += weight;
      if (!before.all.some(({ hertz }) => isSame(hertz, peak.hertz))) continue;
      steady += weight;
      const semitone = Math.round(12 * Math.log2(peak.hertz / 440));
      held.set(semitone, (held.get(semitone) ?? 0) + weight);
    }
  });
  return { share: steady / (all || 1), notes: prominent([...held.values()]) };
}

function isSame(one: number, other: number): boolean {
  const apart = Math.abs(one - other);
  return apart < 1 || apart < one * 0.004;
}

/** How many are not dwarfed by the largest. */
function prominent(weights: readonly number[]): number {
  const most = Math.max(0, ...weights);
  return weights.filter((weight) => weight > most * 0.15).length;
}

function peaksOf(power: Float64Array): Peaks {
  let total = 0;
  let top = 0;
  for (let bin = FIRST_BIN; bin < LAST_BIN; bin++) {
    total += power[bin]!;
    top = Math.max(top, power[bin]!);
  }
  const all: Peak[] = [];
  for (let bin = FIRST_BIN + 1; bin < LAST_BIN - 1; bin++) {
    const [before, here, after] = [power[bin - 1]!, power[bin]!, power[bin + 1]!];
    if (here <= before || here < after || here <= top * GATE) continue;
    // a tone stands out of its surroundings; noise has peaks, too, but flat ones
    if (here < 8 * Math.min(power[bin - 4] ?? 0, power[bin + 4]!)) continue;
    const [a, b, c] = [before, here, after].map((value) => Math.log(value + 1e-20)) as [
      number,
      number,
      number,
    ];
    all.push({ hertz: ((bin + (a - c) / (2 * (a - 2 * b + c))) * SAMPLE_RATE) / FRAME, power: here });
  }
  return { all, power: total };
}
