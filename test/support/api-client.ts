import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Agent, EventSource } from 'undici';
import { JobView } from '../../src/api/jobs/job.view';
import { documentedFetch } from './documented-errors';
import { ADMIN_TOKEN } from './service-in-process';

const AUDIO = join(__dirname, 'audio');
const EVENTS = ['status', 'progress', 'segment', 'done', 'failed', 'cancelled'] as const;

export interface HeardEvent {
  type: (typeof EVENTS)[number];
  id: string;
  data: EventData;
}

/** Whatever an event of any type carries. */
type EventData = Partial<JobView> & { number?: number; erased?: boolean };

/** What an answer was, with its body as JSON where it is JSON. */
export interface Answer<T = JobView> {
  status: number;
  headers: Headers;
  text: string;
  body: T;
}

/** Speaks to a running service as any program does: HTTP only. It may answer no error that it does not document. */
export class ApiClient {
  constructor(
    readonly url: string,
    private readonly token: string | null = ADMIN_TOKEN,
  ) {}

  /** The same with another token, or none. */
  as(token: string | null): ApiClient {
    return new ApiClient(this.url, token);
  }

  async call<T = JobView>(method: string, path: string, init: RequestInit = {}): Promise<Answer<T>> {
    const headers = new Headers(init.headers);
    if (this.token !== null) headers.set('Authorization', `Bearer ${this.token}`);
    const response = await documentedFetch(`${this.url}${path}`, { ...init, method, headers });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (json ? JSON.parse(text) : undefined) as T,
    };
  }

  get<T = JobView>(path: string): Promise<Answer<T>> {
    return this.call<T>('GET', `/api/v1${path}`);
  }

  post<T = JobView>(path: string, init: RequestInit = {}): Promise<Answer<T>> {
    return this.call<T>('POST', `/api/v1${path}`, init);
  }

  /** Sends a body as JSON. */
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer<T>> {
    const headers = { 'Content-Type': 'application/json' };
    return this.call<T>(method, `/api/v1${path}`, { headers, body: JSON.stringify(body) });
  }

  /** Sends a link as JSON. */
  link<T = JobView>(body: object | string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.post<T>('/transcriptions', {
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** Sends a file as a form does. */
  upload<T = JobView>(
    file: { name: string; content: Uint8Array },
    fields: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new File([Buffer.from(file.content)], file.name));
    return this.post<T>('/transcriptions', { body: form, headers });
  }

  /** Sends one of the sample notes. */
  async note(
    file: string,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Answer> {
    return this.upload({ name: basename(file), content: await readFile(join(AUDIO, file)) }, fields, headers);
  }

  /** What the event stream tells, until its last event; undici's own client reads it. */
  events(id: string, begun: () => void = () => undefined): Promise<HeardEvent[]> {
    const { promise, resolve, reject } = Promise.withResolvers<HeardEvent[]>();
    const heard: HeardEvent[] = [];
    const source = this.listen(id, (event) => {
      heard.push(event);
      begun();
      if (event.type !== 'done' && event.type !== 'failed' && event.type !== 'cancelled') return;
      source.close();
      resolve(heard);
    });
    source.onerror = (error) => reject(new Error(`The stream broke: ${JSON.stringify(error)}`));
    return promise;
  }

  /** An open stream. The caller closes it. */
  listen(id: string, hear: (event: HeardEvent) => void): EventSource {
    const authorized = new Agent().compose(
      (dispatch) => (options, handler) =>
        dispatch(
          { ...options, headers: { ...asRecord(options.headers), authorization: `Bearer ${this.token}` } },
          handler,
        ),
    );
    const source = new EventSource(`${this.url}/api/v1/jobs/${id}/events`, {
      node: { dispatcher: authorized },
    });
    for (const type of EVENTS) {
      source.addEventListener(type, (event) => {
        const { data, lastEventId } = event as unknown as { data: string; lastEventId: string };
        hear({ type, id: lastEventId, data: JSON.parse(data) as EventData });
      });
    }
    return source;
  }

  /** The stream of all news, once it is open. */
  async news(): Promise<{ until(id: string): Promise<string> }> {
    const headers = { Authorization: `Bearer ${this.token}` };
    const { body } = await fetch(`${this.url}/api/v1/events`, { headers });
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    let heard = Buffer.from((await reader.read()).value ?? []).toString();
    return {
      /** All that was told, as soon as this job was named; leaves. */
      until: async (id) => {
        while (!heard.includes(id)) heard += Buffer.from((await reader.read()).value ?? []).toString();
        await reader.cancel();
        return heard;
      },
    };
  }

  /** The job once it has ended. */
  async ended(id: string): Promise<JobView> {
    return (await this.events(id)).at(-1)?.data as JobView;
  }
}

function asRecord(headers: unknown): Record<string, string> {
  if (Array.isArray(headers)) {
    const pairs = headers as string[];
    return Object.fromEntries(
      pairs.flatMap((name, index) => (index % 2 === 0 ? [[name, pairs[index + 1] ?? '']] : [])),
    );
  }
  return { ...(headers as Record<string, string>) };
}

/** The name under which an answer wants to be saved. As RFC 6266 has it, the extended form wins. */
export function fileNameIn(headers: Headers): string | undefined {
  const header = headers.get('content-disposition') ?? '';
  const extended = /filename\*=UTF-8''([^;]*)/.exec(header)?.[1];
  if (extended !== undefined) return decodeURIComponent(extended);
  const [, quoted, token] = /filename=(?:"((?:[^"\\]|\\.)*)"|([^;]*))/.exec(header) ?? [];
  return quoted?.replace(/\\(.)/g, '$1') ?? token;
}
