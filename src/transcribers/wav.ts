/** What the engine works with. */
export const SAMPLE_RATE = 16_000;

const HEADER_BYTES = 44;
/** Very short input makes whisper.cpp before 1.9.3 read beyond its end. */
const LEAST_SAMPLES = SAMPLE_RATE;

/** A WAV file of 16-bit mono samples, followed by silence up to one second. */
export function wavOf(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = Math.max(samples.length, LEAST_SAMPLES) * 2;
  const file = Buffer.alloc(HEADER_BYTES + bytes);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(HEADER_BYTES - 8 + bytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(bytes, 40);
  file.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), HEADER_BYTES);
  return file;
}
