import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { made, noteBytes } from '../../../test/support/broken-media';
import { decoders, onlyDecoder, worksAgain } from '../../../test/support/decoder-processes';
import { hourOfTalk } from '../../../test/support/hour-of-talk';
import {
  closedEmpty,
  fileInput,
  GENEROUS,
  hear,
  MediaBench,
  mediaBench,
  streamInput,
} from '../../../test/support/media-bench';
import { NOTES } from '../../../test/support/notes';
import { childrenOf, environmentOf, untilGone } from '../../../test/support/processes';

const AUDIO = join(__dirname, '../../../test/support/audio');
const never = new AbortController().signal;

let bench: MediaBench;

afterEach(() => closedEmpty(bench));

describe('a decoder that', () => {
  /** A recording whose end does not come, in the middle of its decoding. */
  async function midway(): Promise<{ pieces: AsyncIterator<unknown>; pid: number }> {
    const pid = await onlyDecoder(bench);
    const decoded = await bench.reader.read({ stream: hourOfTalk() }, GENEROUS, never);
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
    await worksAgain(bench);
    expect(decoders()).not.toContain(pid);
  });

  it('runs out of memory is a failed job and is replaced', async () => {
    bench = mediaBench();
    const { pieces, pid } = await midway();
    execFileSync('prlimit', ['--pid', String(pid), '--data=1']);
    await expect(untilError(pieces)).resolves.toMatchObject({ code: 'media_decode_failed' });
    await worksAgain(bench);
  });

  it('hangs is a failed job and is replaced', async () => {
    bench = mediaBench({ stallMs: 500 });
    const { pieces, pid } = await midway();
    process.kill(pid, 'SIGSTOP');
    await expect(untilError(pieces)).resolves.toMatchObject({ code: 'media_decode_timeout' });
    await untilGone(pid);
    await worksAgain(bench);
  });

  it('takes too long over a file is stopped', async () => {
    bench = mediaBench({ workMs: -1e9 });
    const decoded = await bench.reader.read(streamInput(noteBytes('01-en.ogg')), GENEROUS, never);
    await expect(hear(decoded)).rejects.toMatchObject({ code: 'media_decode_timeout' });
  });

  it('waits for a slow download is not blamed for it', async () => {
    bench = mediaBench({ stallMs: 1_500 });
    await onlyDecoder(bench);
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
    const pid = await onlyDecoder(bench);
    for (let i = 0; i < 3; i++) await worksAgain(bench);
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
    const pid = await onlyDecoder(bench);
    for (const file of ['08-en.ogg', '13-en.wav', '10-en.m4a']) {
      const cut = noteBytes(file).subarray(0, noteBytes(file).length / 2);
      const reading = bench.reader.read(streamInput(cut, false), GENEROUS, never).then(hear);
      await expect(reading).rejects.toMatchObject({ code: 'media_truncated' });
      await worksAgain(bench);
    }
    expect(decoders()).toEqual([pid]);
  });

  it('makes room for a fresh process now and then', async () => {
    bench = mediaBench({ jobs: 2 });
    const pid = await onlyDecoder(bench);
    await worksAgain(bench);
    await worksAgain(bench);
    await untilGone(pid);
    await worksAgain(bench);
  });

  it('gives a decoder no secrets and few means', async () => {
    bench = mediaBench();
    const pid = await onlyDecoder(bench);
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
    const pid = await onlyDecoder(bench);
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
    const pid = await onlyDecoder(bench);
    await bench.pool.onModuleDestroy();
    await untilGone(pid);
    await expect(
      bench.reader.read(streamInput(noteBytes('01-en.ogg')), GENEROUS, never),
    ).rejects.toMatchObject({
      code: 'service_unavailable',
    });
  });
});
