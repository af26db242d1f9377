import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JobView } from '../../../src/api/jobs/job.view';
import { HarkProcess } from '../../support/hark-process';

const NOTE = join(__dirname, '../../support/audio/01-en.ogg');
const AT_ONCE = 8;
/** Calls in one round. Submitted jobs are erased after it, so that there are as many as before. */
const CALLS = { 'GET /jobs/:id': 400, 'POST /transcriptions': 80 };

/** A service with so many jobs stored. */
export interface Place {
  jobs: number;
  hark: HarkProcess;
  /** All of them, in the order in which they are looked at. */
  ids: readonly string[];
  /** How many of them have been looked at; after the last comes the first again. */
  viewed: number;
}

let callers = 0;

/** From an address of its own. */
function call({ hark }: Place, path: string, init: RequestInit = {}): Promise<Response> {
  callers += 1;
  const address = [10, callers >> 16, (callers >> 8) & 255, callers & 255].join('.');
  return hark.call(path, { ...init, headers: { 'x-forwarded-for': address } });
}

/**
 * Some calls at a time, until the round is over.
 *
 * @returns calls a second, and how many milliseconds each took
 */
export async function timedRound(
  place: Place,
  what: keyof typeof CALLS,
): Promise<{ rate: number; times: number[] }> {
  const count = CALLS[what];
  const note = await readFile(NOTE);
  const made: string[] = [];
  const times: number[] = [];
  const one = async (): Promise<void> => {
    const from = performance.now();
    if (what === 'GET /jobs/:id') await view(place, place.ids[place.viewed++ % place.ids.length] ?? '');
    else made.push(await submit(place, note));
    times.push(performance.now() - from);
  };
  let begunCalls = 0;
  const begun = performance.now();
  const caller = async (): Promise<void> => {
    while (begunCalls++ < count) await one();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, caller));
  const seconds = (performance.now() - begun) / 1000;
  for (const id of made) await ok(call(place, `/api/v1/jobs/${id}`, { method: 'DELETE' }), 'DELETE');
  return { rate: count / seconds, times };
}

async function view(place: Place, id: string): Promise<void> {
  await (await ok(call(place, `/api/v1/jobs/${id}`), 'GET')).arrayBuffer();
}

async function submit(place: Place, note: Buffer): Promise<string> {
  const body = new FormData();
  body.set('file', new File([new Uint8Array(note)], 'note.ogg'));
  const response = await ok(call(place, '/api/v1/transcriptions', { method: 'POST', body }), 'POST');
  return ((await response.json()) as JobView).id;
}

async function ok(calling: Promise<Response>, what: string): Promise<Response> {
  const response = await calling;
  if (response.ok) return response;
  throw new Error(`${what} answered ${response.status}: ${await response.text()}`);
}
