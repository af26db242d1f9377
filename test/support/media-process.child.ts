import { GENEROUS, mediaBench, streamInput } from './media-bench';
import { noteBytes } from './broken-media';

/* A process with a decoder that is in the middle of a file. Says so, and waits to be killed. */

async function main(): Promise<void> {
  const bench = mediaBench();
  const decoded = await bench.reader.read(
    streamInput(noteBytes('08-en.ogg')),
    GENEROUS,
    new AbortController().signal,
  );
  for await (const _piece of decoded.pieces) {
    process.send!('decoding');
    await new Promise(() => undefined);
  }
}

void main();
