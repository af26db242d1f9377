import { RespondFn } from '@slack/bolt';
import { Shown } from '../panels/blocks';
import { shownSentence } from '../panels/sentence-blocks';

/** What the user of a command, shortcut, button or menu sees, alone. */
export class SlackResponse {
  constructor(
    protected readonly respond: RespondFn | undefined,
    /** Thread that the message with the button is in. */
    private readonly thread?: string,
  ) {}

  /** One sentence. It takes no message's place that was there before. */
  async tell(sentence: string): Promise<void> {
    await this.show(shownSentence(sentence));
  }

  /** A new message that only this user sees. */
  async show({ text, blocks }: Shown): Promise<void> {
    await this.respond?.({
      text,
      blocks,
      response_type: 'ephemeral',
      replace_original: false,
      ...(this.thread && { thread_ts: this.thread }),
    });
  }

  /** Changes the message with the button or menu. */
  async replace({ text, blocks }: Shown): Promise<void> {
    await this.respond?.({ text, blocks, response_type: 'ephemeral', replace_original: true });
  }

  /** Takes the message with the button away. */
  async remove(): Promise<void> {
    await this.respond?.({ delete_original: true });
  }
}
