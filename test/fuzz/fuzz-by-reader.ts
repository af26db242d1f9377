import { ERROR_CODES } from '../../src/core/errors';
import { MediaBench, streamInput } from '../support/media-bench';
import { FuzzInput } from './fuzz-input';

const LIMITS = { maxBytes: 4 * 1024 * 1024, maxSeconds: 120 };
/** Longer than the decoder's own limits allow. */
const HANG_MS = 200_000;
const GIVEN_UP = new Error('given up');

/** What became of a file: `read`, `given up`, an error code, or anything else where hark broke. */
export async function byReader(bench: MediaBench, input: FuzzInput): Promise<string> {
  const stop = new AbortController();
  const late = Promise.withResolvers<string>();
  const timers = [
    setTimeout(() => late.resolve('hangs'), HANG_MS),
    ...(input.abortAfter === undefined ? [] : [setTimeout(() => stop.abort(GIVEN_UP), input.abortAfter)]),
  ];
  try {
    return await Promise.race([read(bench, input, stop.signal), late.promise]);
  } finally {
    timers.forEach((timer) => clearTimeout(timer));
  }
}

async function read(bench: MediaBench, { bytes, known }: FuzzInput, signal: AbortSignal): Promise<string> {
  try {
    const decoded = await bench.reader.read(streamInput(bytes, known), LIMITS, signal);
    for await (const { samples } of decoded.pieces) if (samples.length === 0) return 'read an empty piece';
    return decoded.seconds <= LIMITS.maxSeconds + 1 ? 'read' : `read ${decoded.seconds} s`;
  } catch (error) {
    return error === GIVEN_UP ? 'given up' : codeOf(error);
  }
}

function codeOf(error: unknown): string {
  const { name, code } = error as { name?: string; code?: string };
  const known = name === 'HarkError' && ERROR_CODES.some((one) => one === code) && code!.startsWith('media_');
  return known ? code! : `broke: ${String(error)}`;
}
