import { contentOf } from '../content/content-classifier';
import { SAMPLE_RATE } from '../pool/protocol';
import { SpeechSplitter } from '../speech-splitter';
import { ffmpegVersion } from './ffmpeg.program';
import { level } from './leveller';
import { opusSource } from './opus.source';

/** An Opus packet of 20 ms of silence (RFC 6716: CELT, full band, mono). */
const SILENT_PACKET = Buffer.from([0xf8, 0xff, 0xfe]);

/**
 * Does once everything a voice note needs, with silence and a hum: code is loaded, compiled and made fast before
 * somebody waits for it.
 */
export async function warmUp(): Promise<void> {
  ffmpegVersion();
  for await (const samples of opusSource(silentNote())) level(samples);
  const splitter = new SpeechSplitter();
  const hum = Float32Array.from({ length: SAMPLE_RATE * 3 }, (_, i) => 0.1 * Math.sin(i / 20));
  for (const stretch of [...splitter.push(hum), ...splitter.end()]) {
    level(stretch.samples);
    await contentOf(stretch.samples);
  }
}

async function* silentNote(): AsyncGenerator<Buffer, void, void> {
  const head = Buffer.from('OpusHead\x01\x01\x00\x00\x80\xbb\x00\x00\x00\x00\x00', 'latin1');
  yield page(2, [head]);
  yield page(0, [Buffer.from('OpusTags\0\0\0\0\0\0\0\0', 'latin1')]);
  for (let i = 0; i < 3; i++) {
    yield await Promise.resolve(page(i === 2 ? 4 : 0, new Array<Buffer>(200).fill(SILENT_PACKET)));
  }
}

function page(flags: number, packets: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(27 + packets.length);
  header.write('OggS');
  header.writeUInt8(flags, 5);
  header.writeUInt8(packets.length, 26);
  packets.forEach((packet, i) => header.writeUInt8(packet.length, 27 + i));
  return Buffer.concat([header, ...packets]);
}
