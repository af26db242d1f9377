import { Injectable } from '@nestjs/common';
import { SlackFiles } from '../posting/files.service';
import { SlackMessages } from '../posting/messages.service';

const TIMEOUT_MS = 60_000;

/** Sends texts as files to one person alone: what only one person sees in a channel cannot carry files. */
@Injectable()
export class DirectFilesService {
  constructor(
    private readonly files: SlackFiles,
    private readonly messages: SlackMessages,
  ) {}

  /** @throws HarkError */
  async send(team: string, user: string, texts: readonly { name: string; text: string }[]): Promise<void> {
    if (texts.length === 0) return;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const channel = await this.messages.direct(team, user, signal);
    const sent: { id: string; name: string }[] = [];
    for (const text of texts) sent.push({ id: await this.files.upload(team, text, signal), name: text.name });
    await this.files.share({ team, channel }, sent, signal);
  }
}
