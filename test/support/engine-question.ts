import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** 16 kHz, 16 bit, one channel. */
const BYTES_A_SECOND = 32_000;

interface About {
  request: { path: string };
  chunk?: Uint8Array;
}

/**
 * Calls back whenever an engine of this process has got a whole question about at least so many seconds of audio.
 *
 * @returns ends it
 * @see https://undici.nodejs.org/#/docs/api/DiagnosticsChannel
 */
export function onQuestion(leastSeconds: number, asked: () => void): () => void {
  const bytes = new WeakMap<About['request'], number>();
  const chunk = (message: unknown): void => {
    const { request, chunk } = message as About;
    bytes.set(request, (bytes.get(request) ?? 0) + (chunk?.byteLength ?? 0));
  };
  const whole = (message: unknown): void => {
    const { request } = message as About;
    const seconds = (bytes.get(request) ?? 0) / BYTES_A_SECOND;
    if (request.path.endsWith('/inference') && seconds >= leastSeconds) asked();
  };
  subscribe('undici:request:bodyChunkSent', chunk);
  subscribe('undici:request:bodySent', whole);
  return () => {
    unsubscribe('undici:request:bodyChunkSent', chunk);
    unsubscribe('undici:request:bodySent', whole);
  };
}
