import { Fleet } from '../../support/fleet';
import { HarkProcess } from '../../support/hark-process';
import { audioOf } from '../../support/discord-scene';
import { NOTES, Note } from '../../support/notes';
import { Channel, Message, User } from '../../support/slack-server/slack-model';
import { SlackServer } from '../../support/slack-server/slack-server';
import { says } from '../../support/slack-visit';
import { openTestStorage } from '../../support/storage';

const READING_MS = 600_000;
/** Slack takes one message a second in each. */
const CHANNELS = 20;
const SHORT = NOTES.filter(({ file, seconds }) => file.endsWith('.ogg') && seconds < 4);

/** A Discord and a Slack of one's own in which hark reads every note. */
export class TwoChats implements AsyncDisposable {
  private readonly mara: User;
  private readonly channels: Channel[];
  private shared = 0;

  private constructor(
    private readonly fleet: Fleet,
    private readonly slack: SlackServer,
  ) {
    slack.uploads.shareDelayMs = 0;
    this.mara = slack.world.addUser({ name: 'mara' });
    this.channels = Array.from({ length: CHANNELS }, () => slack.world.addChannel({ creator: this.mara }));
  }

  static async open(): Promise<TwoChats> {
    const chats = new TwoChats(await Fleet.gather({ redis: 'none' }), await SlackServer.start());
    const storage = await openTestStorage(chats.fleet.dataDir);
    const scope = { platform: 'slack', kind: 'server', id: chats.slack.world.team().id } as const;
    await storage.preferences.set(scope, { automatic: true });
    await storage.close();
    return chats;
  }

  /** hark with both; resolves when both know it. */
  async listen(variables: Record<string, string>): Promise<HarkProcess> {
    const { slack, fleet } = this;
    const hark = await fleet.start('api,bot,worker', {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      MEDIA_ALLOW_HOSTS: [fleet.discord.cdnHost, slack.filesHost].join(),
      ...variables,
    });
    await fleet.discord.waitForLogin();
    await slack.waitForSockets();
    return hark;
  }

  /** So many notes in each chat at once. Resolves when all are answered. */
  async speak(notes: number, saying?: string): Promise<void> {
    const spoken = Array.from({ length: notes }, () => this.fleet.speak());
    const shared = Array.from({ length: notes }, () => this.share(this.shared++));
    const inDiscord = spoken.map(({ message, note }) => ({
      message,
      note: { ...note, text: saying ?? note.text },
    }));
    await Promise.all([
      this.fleet.answered(inDiscord, READING_MS),
      ...shared.map(({ message, text }) => this.answered(message, saying ?? text)),
    ]);
  }

  private share(index: number): { message: Message; text: string } {
    const note = SHORT[index % SHORT.length] as Note;
    const channel = this.channels[index % CHANNELS] as Channel;
    const files = [{ content: audioOf(note), name: note.file }];
    return { message: this.slack.shareFile({ user: this.mara, channel, files }).message, text: note.text };
  }

  private async answered({ ts, channel }: Message, words: string): Promise<void> {
    const isAnswer = ({ threadTs, user }: Message): boolean =>
      threadTs === ts && user === this.slack.botUserId;
    await this.slack.waitForMessage(
      channel,
      (message) => isAnswer(message) && says(message, words),
      READING_MS,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.fleet[Symbol.asyncDispose]();
    await this.slack.stop();
  }
}
