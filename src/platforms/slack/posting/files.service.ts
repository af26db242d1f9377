import { Injectable } from '@nestjs/common';
import { HarkError } from '../../../core/errors';
import { SlackPace } from '../slack-pace.service';
import { SlackWebApi } from '../slack-web-api.service';
import { Conversation } from './messages.service';

/** For the bytes of one text. */
const UPLOAD_TIMEOUT_MS = 60_000;

/** Text files in Slack. Every method throws `HarkError`, or the reason of `signal` when that is aborted. */
@Injectable()
export class SlackFiles {
  constructor(
    private readonly api: SlackWebApi,
    private readonly pace: SlackPace,
  ) {}

  /** Brings a text to Slack, where nobody sees it before it is shared. The file's id. */
  async upload(
    team: string | undefined,
    { name, text }: { name: string; text: string },
    signal: AbortSignal,
  ): Promise<string> {
    const bytes = Buffer.from(text, 'utf8');
    const { upload_url, file_id } = await this.api.call(
      team,
      (client) =>
        client.files.getUploadURLExternal({ filename: name, length: bytes.length, snippet_type: 'text' }),
      signal,
    );
    if (!upload_url || !file_id) throw failed();
    await this.send(upload_url, bytes, signal);
    return file_id;
  }

  /** Shows uploaded files in one message; Slack does so a moment later. */
  async share(
    { team, channel, thread }: Conversation,
    files: readonly { id: string; name: string }[],
    signal: AbortSignal,
  ): Promise<void> {
    const [first, ...others] = files.map(({ id, name }) => ({ id, title: name }));
    if (!first) return;
    await this.pace.turn(channel, signal);
    await this.api.call(
      team,
      (client) => {
        const share = {
          files: [first, ...others] as [typeof first, ...(typeof first)[]],
          channel_id: channel,
        };
        return client.files.completeUploadExternal(thread ? { ...share, thread_ts: thread } : share);
      },
      signal,
    );
  }

  /** Timestamps of the messages that share the file in the channel. */
  async shares({ team, channel }: Conversation, id: string, signal: AbortSignal): Promise<string[]> {
    try {
      const { file } = await this.api.call(team, (client) => client.files.info({ file: id }), signal);
      const shares = { ...file?.shares?.public, ...file?.shares?.private } as Record<
        string,
        { ts?: string }[]
      >;
      return (shares[channel] ?? []).flatMap(({ ts }) => ts ?? []);
    } catch (error) {
      if (isGone(error)) return [];
      throw error;
    }
  }

  /** Does nothing when it is gone. The messages that share it stay. */
  async remove({ team }: Conversation, id: string, signal: AbortSignal): Promise<void> {
    try {
      await this.api.call(team, (client) => client.files.delete({ file: id }), signal);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  /** The address is Slack's own, made for this file alone; no token goes there. */
  private async send(address: string, bytes: Buffer<ArrayBuffer>, signal: AbortSignal): Promise<void> {
    try {
      const response = await fetch(address, {
        method: 'POST',
        body: bytes,
        headers: { 'content-type': 'application/octet-stream' },
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(UPLOAD_TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`The upload was answered with ${response.status}`);
    } catch (error) {
      signal.throwIfAborted();
      throw failed(error);
    }
  }
}

function isGone(error: unknown): boolean {
  return error instanceof HarkError && ['media_gone', 'message_gone'].includes(error.code);
}

function failed(cause?: unknown): HarkError {
  return new HarkError('platform_unavailable', 'Slack did not take the file.', { retryable: true, cause });
}
