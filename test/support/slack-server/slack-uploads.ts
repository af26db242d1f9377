import { extname } from 'node:path';
import { SlackBoard } from './slack-board';
import { Json, SlackFile } from './slack-model';
import { SlackWorld } from './slack-world';

const textLike = new Set(['.txt', '.srt', '.vtt', '.json', '.md', '.csv']);

interface Ticket {
  file: SlackFile;
  /** As announced to `files.getUploadURLExternal`. */
  length: number;
  received: boolean;
}

export interface Share {
  channel: string;
  threadTs?: string;
  comment?: string;
  blocks?: Json[];
}

/** Uploads by the app: an address, the bytes, and a share in a channel that happens a moment later. */
export class SlackUploads {
  /** How long Slack takes from `files.completeUploadExternal` to the message, in milliseconds; 0 = not at all. */
  shareDelayMs = 20;
  private readonly tickets = new Map<string, Ticket>();

  constructor(
    private readonly world: SlackWorld,
    private readonly board: SlackBoard,
  ) {}

  /** The file and the path of the address that its bytes go to. */
  open(user: string, name: string, length: number, snippetType?: string): { file: SlackFile; path: string } {
    const isText = snippetType !== undefined || textLike.has(extname(name).toLowerCase());
    const file = this.world.addFile({
      user,
      name,
      content: Buffer.alloc(0),
      ...(isText
        ? {
            mode: 'snippet',
            mimetype: 'text/plain',
            filetype: snippetType ?? 'text',
            prettyType: 'Plain Text',
          }
        : {}),
    });
    const secret = this.world.ids.secret(48);
    this.tickets.set(secret, { file, length, received: false });
    return { file, path: `/upload/v1/${secret}` };
  }

  /** Takes the bytes. Returns what Slack answers, or undefined for an address that was never given. */
  receive(secret: string, content: Buffer): { status: number; text: string } | undefined {
    const ticket = this.tickets.get(secret);
    if (!ticket || ticket.received) return undefined;
    if (content.length !== ticket.length)
      return { status: 400, text: `Expected ${ticket.length} bytes but got ${content.length}` };
    ticket.received = true;
    ticket.file.content = content;
    return { status: 200, text: `OK - ${content.length}` };
  }

  /** The file of an upload by `user` whose bytes are here. */
  received(id: string, user: string): SlackFile | undefined {
    const ticket = [...this.tickets.values()].find(({ file }) => file.id === id && file.user === user);
    return ticket?.received ? ticket.file : undefined;
  }

  /** Shares uploaded files in one message, later. */
  share(files: SlackFile[], by: { user: string; botId: string }, share: Share): void {
    const post = () => {
      const { channel, threadTs, comment, blocks } = share;
      const fileIds = files.filter(({ deleted }) => !deleted).map(({ id }) => id);
      if (fileIds.length > 0 && !this.world.channel(channel).archived)
        this.board.post({ channel, ...by, threadTs, text: comment ?? '', blocks, fileIds });
    };
    if (this.shareDelayMs > 0) this.world.clock.after(this.shareDelayMs, post);
    else post();
  }
}
