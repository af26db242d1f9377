import { Injectable } from '@nestjs/common';
import { HarkError } from '../../../core/errors';
import { SlackFile, SlackMessage } from '../slack-payload';
import { SlackWebApi } from '../slack-web-api.service';
import { mustBeLookedUp } from '../slack.mapper';

/** A file with the places where it stands. */
export type SharedFile = SlackFile & {
  shares?: Record<'public' | 'private', Record<string, { ts?: string; thread_ts?: string }[]> | undefined>;
};

/** Finds out about files of which Slack's events say nothing but the id. */
@Injectable()
export class FileFactsService {
  constructor(private readonly api: SlackWebApi) {}

  /** @throws HarkError */
  async of(team: string, id: string, signal: AbortSignal): Promise<SharedFile> {
    const { file } = await this.api.call(team, (client) => client.files.info({ file: id }), signal);
    return (file ?? { id }) as SharedFile;
  }

  /** The message with what there is to know about its files. @throws HarkError retryable when Slack is away */
  async complete(message: SlackMessage, team: string, signal: AbortSignal): Promise<SlackMessage> {
    if (!message.files?.some(mustBeLookedUp)) return message;
    const files = message.files.map((file) => this.lookedUp(file, team, signal));
    return { ...message, files: await Promise.all(files) };
  }

  private async lookedUp(file: SlackFile, team: string, signal: AbortSignal): Promise<SlackFile> {
    if (!mustBeLookedUp(file) || file.id === undefined) return file;
    try {
      return await this.of(team, file.id, signal);
    } catch (error) {
      if (!(error instanceof HarkError) || error.retryable) throw error;
      // Whoever asks for it is told by the job why it cannot be read.
      return file;
    }
  }
}
