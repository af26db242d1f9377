import { Readable } from 'node:stream';
import { samplesOf } from './notes';
import { joined, silence, wavHeader, wavOf } from './sounds';

/** An hour of talk; it gives its bytes as fast as they are taken. */
export function hourOfTalk(): Readable {
  const note = Float32Array.from(samplesOf('13-en.wav'), (value) => value / 32_768);
  const speech = wavOf(joined(note, silence(0.75))).subarray(44);
  const times = 3_600 / 4;
  return Readable.from(
    (function* () {
      yield wavHeader(speech.length * times);
      for (let i = 0; i < times; i++) yield speech;
    })(),
  );
}
