import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GENEROUS, MediaBench, mediaBench, streamInput } from '../../test/support/media-bench';

const never = new AbortController().signal;

describe('what a header says of the length', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hark-lies-'));
  let bench: MediaBench;
  let webm: Buffer;
  beforeAll(() => {
    bench = mediaBench();
    const path = join(folder, 'minute.webm');
    const sound = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=60'];
    execFileSync('ffmpeg', ['-v', 'error', ...sound, '-c:a', 'libopus', '-b:a', '24k', path]);
    webm = readFileSync(path);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await bench.close();
  });

  /** The element Duration (RFC 9559, 5.1.2.10) is a double of milliseconds. */
  const claiming = (seconds: number): Buffer => {
    const copy = Buffer.from(webm);
    const at = copy.indexOf(Buffer.from([0x44, 0x89, 0x88]));
    expect(copy.readDoubleBE(at + 3)).toBeCloseTo(60_000, -2);
    copy.writeDoubleBE(seconds * 1_000, at + 3);
    return copy;
  };
  const read = async (file: Buffer, known = true): Promise<{ progress: number; claimed?: number }[]> => {
    const decoded = await bench.reader.read(streamInput(file, known), GENEROUS, never);
    const seen: { progress: number; claimed?: number }[] = [];
    for await (const { progress } of decoded.pieces) seen.push({ progress, claimed: decoded.claimedSeconds });
    expect(decoded.seconds).toBeCloseTo(60, 0);
    return seen;
  };

  it('is known from the first piece on', async () => {
    for (const { claimed } of (await read(claiming(60))).slice(0, -1)) expect(claimed).toBeCloseTo(60, 0);
  });

  it('is believed no more when more than that is there, and nobody is told that it is nearly over', async () => {
    for (const { claimed } of (await read(claiming(5))).slice(0, -1)) expect(claimed).toBeUndefined();
    const unknown = (await read(claiming(5), false)).slice(0, -1);
    expect(unknown.length).toBeGreaterThan(0);
    for (const { progress } of unknown) expect(progress).toBe(0);
  });
});
