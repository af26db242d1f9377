import { randomBytes } from 'node:crypto';
import { opusPackets } from '../../../test/support/opus-packets';
import { sineTone } from '../../../test/support/sounds';
import { OpusPackets } from './opus-packets';

const TONE = 440;
/** A count of frames would have to follow. */
const DAMAGED = Buffer.from([3]);
const packets = opusPackets(sineTone(1, TONE));

/** How often a second the sound rises through zero. */
function pitchOf(samples: readonly number[]): number {
  const rises = samples.filter((value, i) => value >= 0 && (samples[i - 1] ?? 0) < 0);
  return (rises.length * 16_000) / samples.length;
}

describe('Opus packets', () => {
  it('are decoded to what was encoded, by many decoders at the same time', () => {
    const decoders = Array.from({ length: 60 }, () => new OpusPackets());
    const heard = decoders.map((): number[] => []);
    for (const packet of packets) decoders.forEach((decoder, i) => heard[i]!.push(...decoder.decode(packet)));
    for (const samples of heard) {
      expect(samples.length / 16_000).toBeCloseTo(1, 1);
      expect(pitchOf(samples)).toBeGreaterThan(TONE - 15);
      expect(pitchOf(samples)).toBeLessThan(TONE + 15);
    }
    for (const decoder of decoders) decoder.close();
  });

  it('that are damaged are bridged, and cost no more than they held', () => {
    const decoder = new OpusPackets();
    const heard: number[] = [];
    packets.forEach((packet, i) => heard.push(...decoder.decode(i % 5 === 3 ? DAMAGED : packet)));
    expect(heard.length).toBe(packets.length * 320);
    decoder.close();
  });

  it('may be anything at all', () => {
    const decoder = new OpusPackets();
    const lengths = [0, 1, 2, 100, 1_275, 4_000, 60_000];
    for (const length of lengths) {
      expect(decoder.decode(randomBytes(length)).length).toBeLessThanOrEqual(5_760);
    }
    expect(decoder.decode(packets[0]!).length).toBe(320);
    decoder.close();
  });

  it('are given up when nothing else but rubbish comes', () => {
    const decoder = new OpusPackets();
    const rubbish = (): void => {
      for (let i = 0; i < 200; i++) decoder.decode(DAMAGED);
    };
    expect(rubbish).toThrow('media_decode_failed');
    decoder.close();
  });
});
