import { Posted, SlackBoard } from './slack-board';
import { Channel, Message, SlackFile, User } from './slack-model';
import { typedText } from './slack-typed-text';
import { SlackWorld } from './slack-world';

export type Who = User | string;
export type Where = Channel | string;

/** A file that someone posts. */
type ClipOptions = Partial<Omit<SlackFile, 'id' | 'shares' | 'deleted' | 'user'>> & {
  content: Buffer;
};

export interface ShareOptions {
  user: Who;
  channel: Where;
  files: ClipOptions[];
  text?: string;
  threadTs?: string;
}

const idOf = (what: { id: string } | string) => (typeof what === 'string' ? what : what.id);

/** What people post and delete. Each returns what it made; the app hears of it as it would from Slack. */
export class SlackPeople {
  constructor(
    private readonly world: SlackWorld,
    private readonly board: SlackBoard,
  ) {}

  /** Posts text. A mention of the bot (`<@U…>`) makes an `app_mention`, too. */
  say(options: { user: Who; channel: Where; text: string; threadTs?: string }): Posted {
    const { user, channel, text, threadTs } = options;
    return this.board.post({ user: idOf(user), channel: idOf(channel), text: typedText(text), threadTs });
  }

  /** Posts files in one message: audio clips unless the options say something else. */
  shareFile(options: ShareOptions): Posted & { files: SlackFile[] } {
    const user = idOf(options.user);
    const files = options.files.map((file) =>
      this.world.addFile({
        name: 'audio_message.m4a',
        title: 'Audio message',
        subtype: 'slack_audio',
        mimetype: 'video/mp4',
        filetype: 'mp4',
        prettyType: 'MPEG 4 Video',
        transcription: { status: 'processing' },
        ...file,
        user,
      }),
    );
    const { threadTs } = options;
    const fileIds = files.map(({ id }) => id);
    const text = typedText(options.text ?? '');
    return { ...this.board.post({ user, channel: idOf(options.channel), text, threadTs, fileIds }), files };
  }

  editMessage(message: Message, text: string): void {
    this.board.edit(message, message.user, typedText(text));
  }

  deleteMessage(message: Message): void {
    this.board.remove(message);
  }

  deleteFile(file: SlackFile): void {
    this.board.removeFile(file);
  }
}
