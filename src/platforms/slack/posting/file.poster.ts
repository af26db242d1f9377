import { Injectable } from '@nestjs/common';
import { Leadership } from '../../../core/leadership';
import { SlackFiles } from './files.service';
import { Conversation, SlackMessages } from './messages.service';
import { digestOf, PostedFile } from './reply';

/** A file on its way: uploaded, and perhaps shown already. */
export interface PendingFile extends PostedFile {
  name: string;
  /** Undefined: nobody knows. */
  shown?: boolean;
}

/** Posts the texts that are too long for messages, each once. */
@Injectable()
export class SlackFilePoster {
  constructor(
    private readonly files: SlackFiles,
    private readonly messages: SlackMessages,
    private readonly leadership: Leadership,
  ) {}

  /**
   * Uploads what is not there yet. Nobody sees it before `show`, so doing it again does no harm.
   *
   * @param posted files that stand in the conversation
   * @param announced files that may stand there, or were uploaded only
   */
  async prepare(
    { team }: Conversation,
    wanted: readonly { name: string; text: string }[],
    { posted, announced }: { posted: readonly PostedFile[]; announced: readonly PostedFile[] },
    signal: AbortSignal,
  ): Promise<PendingFile[]> {
    const pending: PendingFile[] = [];
    for (const file of wanted) {
      const digest = digestOf(file);
      const { name } = file;
      const there = posted.find((known) => known.digest === digest);
      const perhaps = announced.find((known) => known.digest === digest);
      if (there) pending.push({ ...there, name, shown: true });
      else if (perhaps) pending.push({ ...perhaps, name });
      else pending.push({ id: await this.files.upload(team, file, signal), digest, name, shown: false });
    }
    return pending;
  }

  /** Shows the files that are not shown yet. */
  async show(
    place: Conversation,
    pending: readonly PendingFile[],
    signal: AbortSignal,
  ): Promise<PostedFile[]> {
    const hidden: PendingFile[] = [];
    for (const file of pending) {
      if (!(file.shown ?? (await this.files.shares(place, file.id, signal)).length > 0)) hidden.push(file);
    }
    await this.leadership.confirm();
    await this.files.share(place, hidden, signal);
    return pending.map(({ id, digest }) => ({ id, digest }));
  }

  /** Removes the file and the message that shows it. Does nothing when it is gone. @throws HarkError */
  async remove(place: Conversation, id: string, signal: AbortSignal): Promise<void> {
    for (const ts of await this.files.shares(place, id, signal)) {
      await this.messages.remove(place, ts, signal);
    }
    await this.files.remove(place, id, signal);
  }
}
