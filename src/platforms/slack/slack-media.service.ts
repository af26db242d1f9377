import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { HarkError } from '../../core/errors';
import { LinkFetcher, MediaInput } from '../../core/media';
import { Policy } from '../../core/policy';
import { AttachmentSource } from '../../core/voice-note';
import { scopeMissing } from './slack-error.mapper';
import { SlackWebApi } from './slack-web-api.service';
import { SlackWorkspaces } from './slack.workspaces';

const FILES_READ = 'files:read';
const HTML = 'text/html';
const HEAD_BYTES = 256;
const PAGE_START = /^\uFEFF?\s*<(?:!doctype\s+html|html)\b/i;

/** Opens files by their ids: `files.info` for a fresh address, also of files that other workspaces have shared. */
@Injectable()
export class SlackMediaService {
  constructor(
    private readonly api: SlackWebApi,
    private readonly workspaces: SlackWorkspaces,
    private readonly links: LinkFetcher,
    private readonly policy: Policy,
  ) {}

  /** @throws HarkError `message_gone`, `media_gone`, `scope_missing`, `link_…`, `media_too_large` */
  async open({ ids, ...source }: AttachmentSource, signal: AbortSignal): Promise<MediaInput> {
    const { team, file: id = '' } = ids;
    const { file } = await this.api.call(team, (client) => client.files.info({ file: id }), signal);
    const address = file?.url_private_download ?? file?.url_private;
    if (!file || !address || file.is_external) throw gone();
    const authorization = `Bearer ${this.workspaces.of(team).botToken}`;
    const input = await this.fetch(address, authorization, signal);
    const { stream, isPage } = await this.look(input);
    // A page that somebody has shared has the length that Slack says.
    if (isPage && (input.bytes === undefined || input.bytes !== file.size)) {
      stream.destroy();
      this.api.tellAdmin(FILES_READ);
      throw scopeMissing(FILES_READ);
    }
    const name = file.name ?? source.name ?? input.name;
    return { ...input, stream, name, mimeType: file.mimetype || input.mimeType };
  }

  /** Slack shows a login page, with status 200, to whom it does not let read a file. */
  private async look({ stream, mimeType }: MediaInput): Promise<{ stream: Readable; isPage: boolean }> {
    const chunks = stream.iterator() as AsyncIterableIterator<Uint8Array>;
    const first = await chunks.next();
    const head = first.done ? Buffer.alloc(0) : Buffer.from(first.value.subarray(0, HEAD_BYTES));
    const again = async function* (): AsyncGenerator<Uint8Array, void, void> {
      if (!first.done) yield first.value;
      yield* chunks;
    };
    return {
      stream: Readable.from(again(), { objectMode: false }),
      isPage: mimeType?.startsWith(HTML) === true || PAGE_START.test(head.toString('utf8')),
    };
  }

  private async fetch(address: string, authorization: string, signal: AbortSignal): Promise<MediaInput> {
    try {
      return await this.links.open(address, this.policy.media, signal, { authorization });
    } catch (error) {
      throw error instanceof HarkError && error.code === 'link_not_found' ? gone(error) : error;
    }
  }
}

function gone(cause?: Error): HarkError {
  return new HarkError('media_gone', 'The recording is no longer there.', { cause });
}
