import { Problem } from './problem';

const API = 'api/v1';

let signedOut: () => void = () => undefined;

/** Who is told when the session is over. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

export type Query = Record<string, string | number | undefined>;

export function addressOf(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return `${API}${path}${given.length > 0 ? `?${search}` : ''}`;
}

/** @throws Problem */
async function answerTo(address: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(address, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    throw init.signal?.aborted ? error : Problem.from(error);
  });
  if (response.ok) return response;
  const problem = await Problem.of(response);
  if (problem.status === 401 && !address.endsWith('/session')) signedOut();
  throw problem;
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const response = await answerTo(addressOf(path, query), { signal });
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Finds out whether the session is over, for whoever was refused without being told why. */
export async function lookAtSession(): Promise<void> {
  if ((await get<unknown>('/session').catch(() => null)) === undefined) signedOut();
}

/** Sends JSON, a form, or nothing. */
export async function send<T = void>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: FormData | object,
): Promise<T> {
  const init: RequestInit =
    body === undefined || body instanceof FormData
      ? { method, body }
      : { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  const response = await answerTo(addressOf(path), init);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
