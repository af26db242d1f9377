import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileInput, GENEROUS, hear, MediaBench } from './media-bench';
import { childrenOf, isRunning } from './processes';

/* The decoder processes of the process that asks: which there are, and whether they work. */

/** Decoder processes of this one. */
export function decoders(): number[] {
  return childrenOf(process.pid).filter(
    (pid) => isRunning(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('decoder-process'),
  );
}

/** The bench's decoder, once it is ready; there must be no other. */
export async function onlyDecoder(bench: MediaBench): Promise<number> {
  await bench.pool.ffmpegVersion();
  expect(decoders()).toHaveLength(1);
  return decoders()[0]!;
}

/** Whatever came before, a note is decoded as ever. */
export async function worksAgain(bench: MediaBench): Promise<void> {
  const note = fileInput(join(__dirname, 'audio', '01-en.ogg'));
  const decoded = await bench.reader.read(note, GENEROUS, new AbortController().signal);
  expect((await hear(decoded)).contents).toEqual(new Set(['speech']));
}
