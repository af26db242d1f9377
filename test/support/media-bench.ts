import { createReadStream, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AudioContent, AudioPiece, DecodedMedia, MediaInput } from '../../src/core/media';
import { StreamingMediaReader } from '../../src/media/media-reader';
import { DecoderLimits } from '../../src/media/pool/decoder-limits';
import { DecoderPool } from '../../src/media/pool/decoder-pool.service';
import { TemporaryFolder } from '../../src/media/temporary-folder.service';
import { Settings } from '../../src/settings/settings';

export const GENEROUS = { maxBytes: 200 * 1024 * 1024, maxSeconds: 4 * 3_600 };

/** A reader with decoder processes of its own. */
export interface MediaBench {
  reader: StreamingMediaReader;
  pool: DecoderPool;
  /** Reads the bytes whole, as from a link that says how many come, or does not. */
  hear(bytes: Buffer, limits?: typeof GENEROUS, known?: boolean): Promise<Heard>;
  /** Names of all files under the data folder. */
  leftOvers(): string[];
  close(): Promise<void>;
}

export function mediaBench(limits: Partial<DecoderLimits> = {}, searchPath = process.env.PATH): MediaBench {
  const scratchDir = mkdtempSync(join(tmpdir(), 'hark-media-'));
  const settings = { scratchDir, searchPath, roles: new Set(['worker']) } as unknown as Settings;
  const folder = new TemporaryFolder(settings);
  folder.onModuleInit();
  const allLimits = { ...new DecoderLimits(), ...limits };
  const pool = new DecoderPool(settings, folder, allLimits);
  pool.onApplicationBootstrap();
  const reader = new StreamingMediaReader(pool, allLimits, folder);
  return {
    reader,
    pool,
    hear: async (bytes, limits = GENEROUS, known = true) =>
      hear(await reader.read(streamInput(bytes, known), limits, new AbortController().signal)),
    leftOvers: () =>
      readdirSync(scratchDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name),
    close: async () => {
      await pool.onModuleDestroy();
      rmSync(scratchDir, { recursive: true });
    },
  };
}

/** One bench for all tests around it; nothing of what they read may be left after them. */
export function benchForAll(searchPath?: string): Pick<MediaBench, 'reader' | 'pool' | 'hear'> {
  let bench: MediaBench;
  beforeAll(() => {
    bench = mediaBench({}, searchPath);
  });
  afterAll(() => closedEmpty(bench));
  return {
    get reader() {
      return bench.reader;
    },
    get pool() {
      return bench.pool;
    },
    hear: (...asked) => bench.hear(...asked),
  };
}

/** Closes a bench, and expects that nothing is left of what was read. */
export async function closedEmpty(bench: MediaBench): Promise<void> {
  expect(bench.leftOvers()).toEqual([]);
  await bench.close();
}

/** A file on this machine. */
export function fileInput(path: string): MediaInput {
  return { stream: createReadStream(path), bytes: statSync(path).size };
}

/** As from a link: in chunks, not from a file. */
export function streamInput(bytes: Buffer, known = true): MediaInput {
  return { stream: Readable.from(chunksOf(bytes)), bytes: known ? bytes.length : undefined };
}

function* chunksOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 16_000) yield bytes.subarray(at, at + 16_000);
}

export interface Heard {
  format: string;
  seconds: number;
  bytes: number;
  pieces: AudioPiece[];
  contents: Set<AudioContent>;
}

/** Takes everything. */
export async function hear(decoded: DecodedMedia): Promise<Heard> {
  const pieces: AudioPiece[] = [];
  for await (const piece of decoded.pieces) pieces.push(piece);
  return {
    format: decoded.format,
    seconds: decoded.seconds,
    bytes: decoded.bytes,
    pieces,
    contents: new Set(pieces.map(({ content }) => content)),
  };
}
