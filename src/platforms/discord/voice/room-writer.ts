import { Logger } from '@nestjs/common';
import { HarkError } from '../../../core/errors';
import { SpokenLine } from '../../../core/spoken-lines';
import { Rhythm } from '../connection/rhythm';
import { RoomMessage, RoomMessages } from './room-messages';

/** Where the conversation is written. Every method throws `HarkError`. */
export interface RoomPage {
  post(content: string): Promise<string>;
  edit(id: string, content: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Writes a conversation down as it goes on, with as few edits as are needed. */
export class RoomWriter {
  private readonly logger = new Logger('Voice');
  private readonly messages = new RoomMessages();
  private readonly rhythm: Rhythm;
  private writing: Promise<void> = Promise.resolve();

  /**
   * @param intervalMs between two looks at what is to be written
   * @param onGone nothing can be written there any more
   */
  constructor(
    private readonly page: RoomPage,
    intervalMs: number,
    private readonly onGone: () => void,
  ) {
    this.rhythm = new Rhythm(intervalMs, () => void this.write());
  }

  get lines(): SpokenLine[] {
    return this.messages.lines;
  }

  add(line: SpokenLine): void {
    this.messages.add(line);
    this.rhythm.beat();
  }

  forget(person: string): void {
    this.messages.forget(person);
    this.rhythm.beat();
  }

  /** Everything stands there, as far as Discord takes it. */
  async finish(): Promise<void> {
    this.rhythm.stop();
    await this.write();
  }

  /** One after the other: what is posted later stands below. */
  private write(): Promise<void> {
    return (this.writing = this.writing.then(() => this.writeAll()));
  }

  private async writeAll(): Promise<void> {
    try {
      for (const { message, content } of this.messages.changed()) {
        if (message.id === undefined) await this.show(message, content);
        else await this.change(message, message.id, content);
      }
    } catch (thrown) {
      const error = HarkError.from(thrown);
      this.logger.warn({ err: error, msg: 'What was said could not be written down' });
      if (error.retryable) this.rhythm.beat();
      else this.onGone();
    }
  }

  private async show(message: RoomMessage, content: string): Promise<void> {
    message.id = await this.page.post(content);
    message.shown = content;
  }

  private async change(message: RoomMessage, id: string, content: string): Promise<void> {
    try {
      if (content === '') await this.page.remove(id);
      else await this.page.edit(id, content);
      message.id = content === '' ? undefined : id;
      message.shown = content === '' ? undefined : content;
    } catch (thrown) {
      if (HarkError.from(thrown).code !== 'message_gone') throw thrown;
      // Somebody has taken it away: it stays away, and what was said since then stands in another one.
      const since = this.messages.withdraw(message);
      if (since !== '') await this.show(message, since);
    }
  }
}
