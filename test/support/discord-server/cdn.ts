import { createHmac, timingSafeEqual } from 'node:crypto';
import { ServerResponse } from 'node:http';
import { APIAttachment } from 'discord.js';
import { Fault, pause } from './faults';
import { AdjustableClock } from './state/clock';

const DAY_SECONDS = 86_400;

interface StoredFile {
  path: string;
  contentType: string;
  bytes: Buffer;
}

/** Serves attachments under signed addresses that last a day, or until a test has them expire. */
export class Cdn {
  /** `http://host:port`, set when the server listens. */
  origin = '';
  #generation = 0;
  readonly #files = new Map<string, StoredFile>();
  readonly #byPath = new Map<string, StoredFile>();

  constructor(private readonly clock: AdjustableClock) {}

  store(file: {
    id: string;
    channelId: string;
    filename: string;
    contentType: string;
    bytes: Buffer;
    ephemeral?: boolean;
  }): void {
    const folder = file.ephemeral ? 'ephemeral-attachments' : 'attachments';
    const path = `/${folder}/${file.channelId}/${file.id}/${encodeURIComponent(file.filename)}`;
    const stored = { path, contentType: file.contentType, bytes: file.bytes };
    this.#files.set(file.id, stored);
    this.#byPath.set(path, stored);
  }

  bytesOf(attachmentId: string): Buffer {
    const file = this.#files.get(attachmentId);
    if (!file) throw new Error(`The CDN has no attachment ${attachmentId}.`);
    return file.bytes;
  }

  /** The attachment with an address that is valid from now on. */
  signed(attachment: APIAttachment): APIAttachment {
    const file = this.#files.get(attachment.id);
    if (!file) return attachment;
    const issued = Math.floor(this.clock.now() / 1000);
    const is = issued.toString(16);
    const ex = (issued + DAY_SECONDS).toString(16);
    const url = `${this.origin}${file.path}?ex=${ex}&is=${is}&hm=${this.#sign(file.path, ex, is)}&`;
    return { ...attachment, url, proxy_url: url };
  }

  /** From now on every address given out so far is answered 404; only fresh ones work. */
  expire(): void {
    this.#generation += 1;
  }

  /** Answers a GET of an attachment; gives the status. */
  async serve(url: URL, response: ServerResponse, fault: Fault | undefined): Promise<number> {
    const file = this.#byPath.get(url.pathname);
    if (!file || !this.#valid(url)) {
      response.writeHead(404, { 'content-type': 'text/plain;charset=UTF-8' });
      response.end('This content is no longer available.');
      return 404;
    }
    response.writeHead(200, {
      'content-type': file.contentType,
      'content-length': file.bytes.length,
      'content-disposition': 'attachment',
      'cache-control': 'public, max-age=31536000',
    });
    if (fault?.kind === 'truncate') {
      response.write(file.bytes.subarray(0, fault.bytes), () => response.destroy());
    } else if (fault?.kind === 'drip') {
      await this.#drip(file.bytes, response, fault);
    } else {
      response.end(file.bytes);
    }
    return 200;
  }

  async #drip(bytes: Buffer, response: ServerResponse, fault: { chunkBytes: number; everyMs: number }) {
    for (let at = 0; at < bytes.length && !response.destroyed; at += fault.chunkBytes) {
      response.write(bytes.subarray(at, at + fault.chunkBytes));
      await pause(fault.everyMs);
    }
    response.end();
  }

  #valid(url: URL): boolean {
    const [ex, is, hm] = ['ex', 'is', 'hm'].map((name) => url.searchParams.get(name) ?? '');
    if (!ex || !is || !hm) return false;
    const expected = this.#sign(url.pathname, ex, is);
    const same = hm.length === expected.length && timingSafeEqual(Buffer.from(hm), Buffer.from(expected));
    return same && Number.parseInt(ex, 16) * 1000 > this.clock.now();
  }

  #sign(path: string, ex: string, is: string): string {
    const text = `${this.#generation}:${path}:${ex}:${is}`;
    return createHmac('sha256', 'a key of this Discord only').update(text).digest('hex');
  }
}
