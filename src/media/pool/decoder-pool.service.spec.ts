import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { made, noteBytes } from '../../../test/support/broken-media';
import { LongRecording, longRecording } from '../../../test/support/long-recording';
import {
  fileInput,
  GENEROUS,
  hear,
  MediaBench,
  mediaBench,
  streamInput,
} from '../../../test/support/media-bench';
import { NOTES, samplesOf as pcmOf } from '../../../test/support/notes';
import { environmentOf, isRunning, untilGone } from '../../../test/support/processes';
import { joined, silence, wavHeader, wavOf } from '../../../test/support/sounds';

const AUDIO = join(__dirname, '../../../test/support/audio');
const never = new AbortController().signal;

function samplesOf(file: string): Float32Array {
  return Float32Array.from(pcmOf(file), (value) => value / 32_768);
}

let bench: MediaBench;

afterEach(async () => {
  expect(bench.leftOvers()).toEqual([]);
  await bench.close();
});

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** Decoder processes of this one. */
function decoders(): number[] {
  return childrenOf(process.pid).filter(
    (pid) => isRunning(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('decoder-process'),
  );
}

async function onlyDecoder(): Promise<number> {
  await bench.pool.ffmpegVersion();
  expect(decoders()).toHaveLength(1);
  return decoders()[0]!;
}

async function worksAgain(): Promise<void> {
  const decoded = await bench.reader.read(fileInput(join(AUDIO, '01-en.ogg')), GENEROUS, never);
  expect((await hear(decoded)).contents).toEqual(new Set(['speech']));
}

/** An hour of talk; it gives its bytes as fast as they are taken. */
function hour(): Readable {
  const speech = wavOf(joined(samplesOf('13-en.wav'), silence(0.75))).subarray(44);
  const times = 3_600 / 4;
  return Readable.from(
    (function* () {
      yield wavHeader(speech.length * times);
      for (let i = 0; i < times; i++) yield speech;
    })(),
  );
}

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
    const [pid] = [await onlyDecoder()];
    const stream = hour();
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
    await worksAgain();
  });

  it('while the first bytes are waited for', async () => {
    bench = mediaBench();
    const abort = new AbortController();
    const stream = new Readable({ read: () => undefined });
    const reading = bench.reader.read({ stream }, GENEROUS, abort.signal);
    abort.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    expect(stream.destroyed).toBe(true);
    await worksAgain();
  });

  it('while a piece is waited for ends the decoder at once', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder();
    const abort = new AbortController();
    const stream = new Readable({ read: () => undefined });
    stream.push(noteBytes('08-en.ogg').subarray(0, 5_000));
    const decoded = await bench.reader.read({ stream }, GENEROUS, abort.signal);
    const taking = decoded.pieces[Symbol.asyncIterator]().next();
    abort.abort(new Error('enough'));
    await expect(taking).rejects.toThrow('enough');
    await untilGone(pid);
    await worksAgain();
  });

  it('between two pieces is not taken for the end', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder();
    const abort = new AbortController();
    const decoded = await bench.reader.read(streamInput(noteBytes('08-en.ogg')), GENEROUS, abort.signal);
    const pieces = decoded.pieces[Symbol.asyncIterator]();
    await pieces.next();
    abort.abort(new Error('enough'));
    await expect(pieces.next()).rejects.toThrow('enough');
    await untilGone(pid);
    await worksAgain();
  });

  it('by leaving the loop ends the decoder and its ffmpeg', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder();
    const film = made('long.mp3', '-stream_loop', '200', '-i', join(AUDIO, '12-de.mp3'), '-c', 'copy');
    const decoded = await bench.reader.read(streamInput(film), GENEROUS, never);
    let ffmpeg: number[] = [];
    for await (const piece of decoded.pieces) {
      expect(piece.index).toBe(0);
      ffmpeg = childrenOf(pid);
      break;
    }
    await Promise.all([pid, ...ffmpeg].map(untilGone));
    await worksAgain();
  });

  it('without anybody who takes pieces leaves nothing running', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder();
    const abort = new AbortController();
    await bench.reader.read(streamInput(noteBytes('08-en.ogg')), GENEROUS, abort.signal);
    abort.abort();
    await untilGone(pid);
    await worksAgain();
  });
});

describe('a decoder that', () => {
  /** A recording whose end does not come, in the middle of its decoding. */
  async function midway(): Promise<{ pieces: AsyncIterator<unknown>; pid: number }> {
    const pid = await onlyDecoder();
    const decoded = await bench.reader.read({ stream: hour() }, GENEROUS, never);
    const pieces = decoded.pieces[Symbol.asyncIterator]();
    await pieces.next();
    return { pieces, pid };
  }

  /** Takes pieces until there is an error: one may be on its way already. */
  async function untilError(pieces: AsyncIterator<unknown>): Promise<unknown> {
    for (;;) {
      try {
        await pieces.next();
      } catch (error) {
        return error;
      }
    }
  }

  it('is killed is a failed job and is replaced', async () => {
    bench = mediaBench();
    const { pieces, pid } = await midway();
    process.kill(pid, 'SIGKILL');
    await expect(untilError(pieces)).resolves.toMatchObject({
      code: 'media_decode_failed',
      retryable: false,
    });
    await worksAgain();
    expect(decoders()).not.toContain(pid);
  });

  it('runs out of memory is a failed job and is replaced', async () => {
    bench = mediaBench();
    const { pieces, pid } = await midway();
    execFileSync('prlimit', ['--pid', String(pid), '--data=1']);
    await expect(untilError(pieces)).resolves.toMatchObject({ code: 'media_decode_failed' });
    await worksAgain();
  });

  it('hangs is a failed job and is replaced', async () => {
    bench = mediaBench({ stallMs: 500 });
    const { pieces, pid } = await midway();
    process.kill(pid, 'SIGSTOP');
    await expect(untilError(pieces)).resolves.toMatchObject({ code: 'media_decode_timeout' });
    await untilGone(pid);
    await worksAgain();
  });

  it('takes too long over a file is stopped', async () => {
    bench = mediaBench({ workMs: -1e9 });
    const decoded = await bench.reader.read(streamInput(noteBytes('01-en.ogg')), GENEROUS, never);
    await expect(hear(decoded)).rejects.toMatchObject({ code: 'media_decode_timeout' });
  });

  it('waits for a slow download is not blamed for it', async () => {
    bench = mediaBench({ stallMs: 1_500 });
    await onlyDecoder();
    const note = noteBytes('16-en.ogg');
    const stream = Readable.from(
      (async function* () {
        yield note.subarray(0, 5_000);
        await pause(2_000);
        yield note.subarray(5_000);
      })(),
    );
    expect((await hear(await bench.reader.read({ stream }, GENEROUS, never))).seconds).toBeCloseTo(2.98, 1);
  });

  it('is idle is told that its service died, and ends', async () => {
    bench = mediaBench();
    const child = fork(require.resolve('../../../test/support/media-process.child'), [], {
      execArgv: process.execArgv,
    });
    await once(child, 'message');
    const pids = childrenOf(child.pid!);
    expect(pids.length).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await Promise.all(pids.map(untilGone));
  });
});

describe('the pool', () => {
  it('keeps one process for one file after the other, and has more for several at once', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder();
    for (let i = 0; i < 3; i++) await worksAgain();
    expect(decoders()).toEqual([pid]);
    const files = ['01-en.ogg', '05-de.ogg', '12-de.mp3', '13-en.wav'];
    const heard = await Promise.all(
      files.map(async (file) => hear(await bench.reader.read(fileInput(join(AUDIO, file)), GENEROUS, never))),
    );
    heard.forEach(({ seconds }, i) => {
      const note = NOTES.find(({ file }) => file === files[i])!;
      expect(Math.abs(seconds - note.seconds)).toBeLessThan(0.06);
    });
  });

  it('goes on with the same process after a file that is broken', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder();
    for (const file of ['08-en.ogg', '13-en.wav', '10-en.m4a']) {
      const cut = noteBytes(file).subarray(0, noteBytes(file).length / 2);
      const reading = bench.reader.read(streamInput(cut, false), GENEROUS, never).then(hear);
      await expect(reading).rejects.toMatchObject({ code: 'media_truncated' });
      await worksAgain();
    }
    expect(decoders()).toEqual([pid]);
  });

  it('makes room for a fresh process now and then', async () => {
    bench = mediaBench({ jobs: 2 });
    const pid = await onlyDecoder();
    await worksAgain();
    await worksAgain();
    await untilGone(pid);
    await worksAgain();
  });

  it('gives a decoder no secrets and few means', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder();
    const names = environmentOf(pid)
      .split('\0')
      .map((line) => line.split('=')[0])
      .filter(Boolean);
    expect(names.filter((name) => !name!.startsWith('NODE_CHANNEL'))).toEqual(['PATH']);
    const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
    expect(limits).toMatch(/Max open files\s+64 /);
    expect(limits).toMatch(/Max core file size\s+0 /);
    const [, held] = /^VmData:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
    const [, most] = /^Max data size\s+(\d+)/m.exec(limits)!;
    expect(Math.abs(Number(most) / 1024 / 1024 - Number(held) / 1024 - 768)).toBeLessThan(64);
    expect(readdirSync(`/proc/${pid}/fd`).length).toBeLessThan(40);
  });

  it('takes the network from a decoder and from its ffmpeg, where the system allows it', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder();
    const { offline, ownUser } = bench.pool.isolation;
    const network = (process: number | 'self'): string => readlinkSync(`/proc/${process}/ns/net`);
    expect(network(pid) !== network('self')).toBe(offline);
    if (ownUser) expect(readFileSync(`/proc/${pid}/limits`, 'utf8')).toMatch(/Max processes\s+64 /);
    const film = made('long.mp3', '-stream_loop', '200', '-i', join(AUDIO, '12-de.mp3'), '-c', 'copy');
    const decoded = await bench.reader.read(streamInput(film), GENEROUS, never);
    for await (const piece of decoded.pieces) {
      expect(piece.index).toBe(0);
      const [ffmpeg] = childrenOf(pid);
      expect(network(ffmpeg!)).toBe(network(pid));
      expect(readFileSync(`/proc/${ffmpeg}/limits`, 'utf8')).toMatch(/Max data size\s+536870912 /);
      break;
    }
  });

  it('ends its processes with the service', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder();
    await bench.pool.onModuleDestroy();
    await untilGone(pid);
    await expect(
      bench.reader.read(streamInput(noteBytes('01-en.ogg')), GENEROUS, never),
    ).rejects.toMatchObject({
      code: 'service_unavailable',
    });
  });
});

describe('without ffmpeg', () => {
  beforeEach(() => {
    bench = mediaBench({}, '/nonexistent');
  });

  it('says so', async () => {
    expect(await bench.pool.ffmpegVersion()).toBeUndefined();
  });

  it.each(NOTES)('$file is decoded all the same', async ({ file, seconds }) => {
    const heard = await hear(await bench.reader.read(fileInput(join(AUDIO, file)), GENEROUS, never));
    expect(Math.abs(heard.seconds - seconds)).toBeLessThan(0.06);
    expect(heard.contents).toEqual(new Set(['speech']));
  });

  it('an index at the end is no hindrance, but the size is bounded', async () => {
    const phone = made('note.m4a', '-i', join(AUDIO, '08-en.ogg'), '-c:a', 'aac');
    expect((await hear(await bench.reader.read(streamInput(phone), GENEROUS, never))).seconds).toBeCloseTo(
      15.2,
      1,
    );
    const padding = Buffer.alloc(33 * 1024 * 1024);
    padding.writeUInt32BE(padding.length, 0);
    padding.write('free', 4);
    const large = bench.reader.read(streamInput(Buffer.concat([phone, padding])), GENEROUS, never).then(hear);
    await expect(large).rejects.toMatchObject({ code: 'media_too_large' });
  });

  it('what only ffmpeg can read is unsupported', async () => {
    const speex = made('note.spx', '-i', join(AUDIO, '01-en.ogg'), '-c:a', 'libspeex', '-ar', '16000');
    await expect(bench.reader.read(streamInput(speex), GENEROUS, never).then(hear)).rejects.toMatchObject({
      code: 'media_unsupported',
    });
  });
});
