import { AdjustableClock } from './clock';

/** A file of a multipart request. */
export interface UploadedFile {
  /** Name of the form field, e.g. `files[0]`. */
  field: string;
  filename: string;
  contentType: string;
  bytes: Buffer;
}

/** A request as it arrived, REST and CDN alike. */
export interface RecordedRequest {
  method: string;
  /** Without `/api/v10`; attachments keep their whole path. */
  path: string;
  query: Record<string, string>;
  /** Parsed JSON, of a form its `payload_json`. */
  body: unknown;
  files: UploadedFile[];
  /** Whether an `Authorization` header came with it; its value is not kept. */
  authorized: boolean;
  /** By which name this server was called: tests tell processes apart by it. */
  host: string;
  at: number;
  /** Missing while the request is being answered. `dropped`: the connection was cut instead. */
  status?: number | 'dropped';
  /** The kind of the fault that was played on it. */
  fault?: string;
}

export interface WaitOptions {
  /** What is waited for, in words; begins the message of the time-out. */
  what?: string;
  /** 10,000 unless told. */
  timeoutMs?: number;
}

type Probe<T> = () => T | undefined | null | false;

/** What has happened, and the only way to wait for more of it. */
export class Journal {
  readonly requests: RecordedRequest[] = [];
  /** Errors of this server itself: bugs, never part of a test's plan. */
  readonly crashes: unknown[] = [];
  readonly #watchers = new Set<() => void>();

  constructor(
    private readonly clock: AdjustableClock,
    private readonly describe: () => string,
  ) {}

  record(request: Omit<RecordedRequest, 'at'>): RecordedRequest {
    const recorded = { ...request, at: this.clock.now() };
    this.requests.push(recorded);
    this.changed();
    return recorded;
  }

  /** Something has happened: everybody who waits looks again. */
  changed(): void {
    for (const look of [...this.#watchers]) look();
  }

  /**
   * Resolves with what `probe` gives as soon as that is truthy. Looks again at every event, never by the clock.
   * @throws Error naming what has been seen when the time is over
   */
  until<T>(probe: Probe<T>, options: WaitOptions = {}): Promise<T> {
    const { what = 'the expected state', timeoutMs = 10_000 } = options;
    return new Promise<T>((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        finish();
      };
      const look = () => {
        try {
          const found = probe();
          if (found) settle(() => resolve(found));
        } catch (error) {
          settle(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      const timer = setTimeout(() => {
        settle(() => reject(new Error(`Waited ${timeoutMs} ms for ${what}. Seen:\n${this.describe()}`)));
      }, timeoutMs);
      this.#watchers.add(look);
      look();
    });
  }
}
