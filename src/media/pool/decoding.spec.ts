import { getEventListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { made, noteBytes } from '../../../test/support/broken-media';
import { onlyDecoder, worksAgain } from '../../../test/support/decoder-processes';
import { hourOfTalk } from '../../../test/support/hour-of-talk';
import { LongRecording, longRecording } from '../../../test/support/long-recording';
import {
  closedEmpty,
  fileInput,
  GENEROUS,
  hear,
  MediaBench,
  mediaBench,
  streamInput,
} from '../../../test/support/media-bench';
import { childrenOf, untilGone } from '../../../test/support/processes';

const AUDIO = join(__dirname, '../../../test/support/audio');
const never = new AbortController().signal;

let bench: MediaBench;

afterEach(() => closedEmpty(bench));

describe('a long recording', () => {
  let recording: LongRecording;

  beforeAll(async () => {
    recording = await longRecording(30 * 60);
  }, 60_000);

  afterAll(() => recording.remove());

  it('is decoded whole, in pieces that follow each other and hold whole sentences', async () => {
    bench = mediaBench();
    const decoded = await bench.reader.read(fileInput(recording.path), GENEROUS, never);
    let end = 0;
    let progress = 0;
    for await (const piece of decoded.pieces) {
      const seconds = piece.samples.length / 16_000;
      expect(piece.start).toBeCloseTo(end, 5);
      expect(seconds).toBeLessThanOrEqual(28);
      expect(piece.content).toBe('speech');
      expect(piece.progress).toBeGreaterThanOrEqual(progress);
      // what was decoded when this piece was sent: not more than what is needed to know where it ends
      expect(decoded.seconds - piece.start).toBeLessThan(15);
      end = piece.start + seconds;
      progress = piece.progress;
    }
    expect(progress).toBe(1);
    // every note that was put into it brings some padding along
    expect(end / recording.seconds).toBeCloseTo(1, 2);
    expect(decoded.seconds).toBeCloseTo(end, 3);
  }, 120_000);

  it('is decoded one piece ahead of its taker and no further', async () => {
    bench = mediaBench();
    const decoded = await bench.reader.read(fileInput(recording.path), GENEROUS, never);
    const pieces = decoded.pieces[Symbol.asyncIterator]();
    await pieces.next();
    // nobody takes the next one: reading goes on until everything between is full, then stops
    let before = -1;
    while (decoded.bytes !== before) {
      before = decoded.bytes;
      await pause(400);
    }
    const all = fileInput(recording.path).bytes!;
    expect(decoded.bytes).toBeLessThan(all / 2);
    expect((await pieces.next()).value).toMatchObject({ index: 1 });
    expect(decoded.seconds).toBeLessThan(40);
    await pieces.return?.(undefined);
  }, 60_000);

  it('stays small in memory: the download is taken in at once, the pieces as they are needed', async () => {
    bench = mediaBench();
    const [pid] = [await onlyDecoder(bench)];
    const stream = hourOfTalk();
    const decoded = await bench.reader.read({ stream }, GENEROUS, never);
    const resident: number[] = [];
    for await (const piece of decoded.pieces) {
      const kib = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
      resident.push(kib / 1024);
      if (piece.start > 600) break;
    }
    expect(Math.max(...resident) - Math.min(...resident)).toBeLessThan(150);
  }, 120_000);
});

describe('stopping', () => {
  it('before anything was read', async () => {
    bench = mediaBench();
    const reason = new Error('enough');
    await expect(
      bench.reader.read(streamInput(noteBytes('01-en.ogg')), GENEROUS, AbortSignal.abort(reason)),
    ).rejects.toBe(reason);
    await worksAgain(bench);
  });

  it('while the first bytes are waited for', async () => {
    bench = mediaBench();
    const abort = new AbortController();
    const stream = new Readable({ read: () => undefined });
    const reading = bench.reader.read({ stream }, GENEROUS, abort.signal);
    abort.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    expect(stream.destroyed).toBe(true);
    await worksAgain(bench);
  });

  it('while a piece is waited for ends the decoder at once', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder(bench);
    const abort = new AbortController();
    const stream = new Readable({ read: () => undefined });
    stream.push(noteBytes('08-en.ogg').subarray(0, 5_000));
    const decoded = await bench.reader.read({ stream }, GENEROUS, abort.signal);
    const taking = decoded.pieces[Symbol.asyncIterator]().next();
    abort.abort(new Error('enough'));
    await expect(taking).rejects.toThrow('enough');
    await untilGone(pid);
    await worksAgain(bench);
  });

  it('between two pieces is not taken for the end', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder(bench);
    const abort = new AbortController();
    const decoded = await bench.reader.read(streamInput(noteBytes('08-en.ogg')), GENEROUS, abort.signal);
    const pieces = decoded.pieces[Symbol.asyncIterator]();
    await pieces.next();
    abort.abort(new Error('enough'));
    await expect(pieces.next()).rejects.toThrow('enough');
    await untilGone(pid);
    await worksAgain(bench);
  });

  it('by leaving the loop ends the decoder and its ffmpeg', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder(bench);
    const film = made('long.mp3', '-stream_loop', '200', '-i', join(AUDIO, '12-de.mp3'), '-c', 'copy');
    const decoded = await bench.reader.read(streamInput(film), GENEROUS, never);
    let ffmpeg: number[] = [];
    for await (const piece of decoded.pieces) {
      expect(piece.index).toBe(0);
      ffmpeg = childrenOf(pid);
      break;
    }
    await Promise.all([pid, ...ffmpeg].map(untilGone));
    await worksAgain(bench);
  });

  it('that did not happen leaves nothing behind with whoever could have done it', async () => {
    bench = mediaBench();
    const lasting = new AbortController().signal;
    await hear(await bench.reader.read(streamInput(noteBytes('01-en.ogg')), GENEROUS, lasting));
    expect(getEventListeners(lasting, 'abort')).toEqual([]);
  });

  it('without anybody who takes pieces leaves nothing running', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder(bench);
    const abort = new AbortController();
    await bench.reader.read(streamInput(noteBytes('08-en.ogg')), GENEROUS, abort.signal);
    abort.abort();
    await untilGone(pid);
    await worksAgain(bench);
  });
});
