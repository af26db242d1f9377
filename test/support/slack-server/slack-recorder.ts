import { EventEmitter } from 'node:events';
import { inspect } from 'node:util';
import { Json } from './slack-model';

/** One call of a Web API method, of a response_url (`response_url`) or of an upload address (`upload`). */
export interface RecordedCall {
  method: string;
  params: Json;
  /** The token as sent; undefined without one. */
  token?: string;
  at: number;
  /** What was answered; undefined while it is not, or when the connection was dropped. */
  response?: Json;
  /** The fault that this call met. */
  fault?: string;
}

/** One request for a file's bytes, also on the host that redirects lead to. */
export interface RecordedDownload {
  host: string;
  path: string;
  fileId?: string;
  authorization?: string;
  at: number;
  outcome: 'bytes' | 'login_page' | 'redirect_login' | 'redirect_elsewhere' | 'not_found' | 'dropped';
}

/** An event that did not leave Slack, and why: `not_subscribed`, `missing_scope`, `not_in_channel`. */
export interface SuppressedEvent {
  type: string;
  reason: string;
  detail: string;
}

/** Keeps what happened and lets tests wait for more of it. */
export class SlackRecorder {
  readonly calls: RecordedCall[] = [];
  readonly downloads: RecordedDownload[] = [];
  readonly suppressed: SuppressedEvent[] = [];
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  /** Tells everyone who waits that something is different now. */
  changed(): void {
    this.emitter.emit('change');
  }

  called(call: RecordedCall): RecordedCall {
    this.calls.push(call);
    this.changed();
    return call;
  }

  downloaded(download: RecordedDownload): void {
    this.downloads.push(download);
    this.changed();
  }

  suppress(event: SuppressedEvent): void {
    this.suppressed.push(event);
    this.changed();
  }

  /** The calls of one method, oldest first. */
  callsOf(method: string): RecordedCall[] {
    return this.calls.filter((call) => call.method === method);
  }

  /**
   * Resolves with the first truthy value that `look` gives, now or after a change.
   * @throws Error after `timeoutMs`, with what was waited for and the last that was seen
   */
  waitFor<T>(
    what: string,
    look: () => T | undefined | null | false,
    timeoutMs = 5000,
  ): Promise<NonNullable<T>> {
    return new Promise((resolve, reject) => {
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.emitter.off('change', check);
        settle();
      };
      const check = () => {
        try {
          const found = look();
          if (found) done(() => resolve(found));
        } catch (error) {
          done(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      const timer = setTimeout(
        () => done(() => reject(new Error(`Waited ${timeoutMs} ms for ${what}.\n${this.summary()}`))),
        timeoutMs,
      );
      this.emitter.on('change', check);
      check();
    });
  }

  private summary(): string {
    const calls = this.calls.slice(-12).map((call) => {
      const params = inspect(call.params, { breakLength: Infinity, depth: 4, maxStringLength: 160 });
      const answer = call.fault ?? (call.response?.ok === false ? String(call.response.error) : 'ok');
      return `  ${call.method} ${params} -> ${answer}`;
    });
    const kept = this.suppressed
      .slice(-6)
      .map((event) => `  ${event.type}: ${event.reason} (${event.detail})`);
    return [
      `Last of ${this.calls.length} calls:`,
      ...calls,
      ...(kept.length > 0 ? ['Events that were not sent:', ...kept] : []),
    ].join('\n');
  }
}
