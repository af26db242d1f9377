import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { TranscriptionJob } from '../../src/core/job';
import { JobArchive } from '../../src/core/job-archive';
import { RunningService, startService } from './service-in-process';
import { readBlocks } from './slack-reader';
import { Channel, EphemeralMessage, Message, User, View } from './slack-server/slack-model';
import { SlackServer, SlackServerOptions } from './slack-server/slack-server';

const AUDIO = join(__dirname, 'audio');

export const audio = (name: string): Buffer => readFileSync(join(AUDIO, name));

/** hark with its demonstration model in a Slack of its own, and a web server that people link to. */
export class SlackVisit implements AsyncDisposable {
  private constructor(
    readonly slack: SlackServer,
    readonly hark: RunningService,
    private readonly web: ReturnType<typeof createServer>,
  ) {
    // Slack shares a file a moment after it has said so; here that moment is over at once.
    slack.uploads.shareDelayMs = 0;
  }

  static async start(
    transport: 'Socket Mode' | 'HTTP',
    options: SlackServerOptions = {},
    variables: Record<string, string> = {},
  ): Promise<SlackVisit> {
    const slack = await SlackServer.start(options);
    const web = createServer((request, response) => {
      response.setHeader('content-type', 'audio/ogg');
      response.end(audio((request.url ?? '').slice(1)));
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const { port } = web.address() as AddressInfo;
    const hark = await startService({
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
      MEDIA_ALLOW_HOSTS: `${slack.filesHost},127.0.0.1:${port}`,
      RATE_LIMIT_JOBS_PER_HOUR: '0',
      RATE_LIMIT_ACTIVE_JOBS: '0',
      ...(transport === 'HTTP'
        ? { SLACK_SIGNING_SECRET: slack.signingSecret }
        : { SLACK_APP_TOKEN: slack.appToken }),
      ...variables,
    });
    if (transport === 'HTTP') slack.deliverTo(`${hark.url}/slack/events`);
    else await slack.waitForSockets();
    return new SlackVisit(slack, hark, web);
  }

  /** An address that leads to a file of `test/support/audio`. */
  link(name: string): string {
    return `http://127.0.0.1:${(this.web.address() as AddressInfo).port}/${name}`;
  }

  /** A channel that its creator has set to be read automatically, by the command and its menu. */
  async automaticChannel(creator: User): Promise<Channel> {
    const { gestures, world } = this.slack;
    const channel = world.addChannel({ creator });
    await gestures.command({ user: creator, channel, command: '/hark', text: 'settings' });
    const panel = await this.toldIn(channel, creator, ({ blocks }) => blocks !== undefined);
    await gestures.act(creator, panel, 'hark-settings:channel:automatic', 'on');
    await this.slack.waitFor('the panel to change', () => panel.revisions.length > 0);
    return channel;
  }

  /** Resolves with hark's message in the thread once it says the words. */
  answer(channel: Channel, thread: string, words: string): Promise<Message> {
    return this.slack.waitForMessage(
      channel,
      (message) =>
        message.threadTs === thread && message.user === this.slack.botUserId && says(message, words),
      25_000,
    );
  }

  /** Resolves with what only this user sees in the channel. */
  toldIn(
    channel: Channel,
    { id }: User,
    fits: (message: EphemeralMessage) => boolean,
  ): Promise<EphemeralMessage> {
    const look = () =>
      this.slack.world.ephemerals.findLast(
        (told) => told.channel === channel.id && told.user === id && !told.gone && fits(told),
      );
    return this.slack.waitFor(`something that ${id} is told in ${channel.id}`, look, 25_000);
  }

  /** hark's own messages that stand in the channel. */
  own(channel: Channel): Message[] {
    return this.slack.world.messagesIn(channel.id).filter(({ user }) => user === this.slack.botUserId);
  }

  async jobsIn({ id }: Channel): Promise<TranscriptionJob[]> {
    const archive = this.hark.app.get(JobArchive, { strict: false });
    const { jobs } = await archive.list({ platform: 'slack', limit: 200 });
    return jobs.filter(({ replyTo }) => replyTo?.channel === id);
  }

  /** Resolves once no job of the channel is left. @throws Error after ten seconds */
  async erased(channel: Channel): Promise<void> {
    const deadline = AbortSignal.timeout(10_000);
    while ((await this.jobsIn(channel)).length > 0) {
      deadline.throwIfAborted();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Resolves once every delivery is acknowledged; the slowest one in milliseconds. */
  async acknowledged(): Promise<number> {
    const { deliveries } = this.slack.deliveries;
    for (const delivery of deliveries) await this.slack.waitForAck(delivery);
    return Math.max(...deliveries.flatMap(({ attempts }) => attempts.map(({ latencyMs }) => latencyMs ?? 0)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.hark.close();
    await this.slack.stop();
    this.web.closeAllConnections();
    await new Promise((resolve) => this.web.close(resolve));
  }
}

/** Whether the words are to be read in it. */
export function says({ text, blocks }: Pick<Message, 'text' | 'blocks'>, words: string): boolean {
  return textOf({ text, blocks }).includes(words);
}

function textOf({ text, blocks }: Pick<Message, 'text' | 'blocks'>): string {
  return blocks ? readBlocks(blocks).text : text;
}

/** Whether a control or text among the blocks has it. */
export function uses(blocks: unknown, part: string): boolean {
  return (JSON.stringify(blocks) ?? '').includes(part);
}

/** What a Home tab says, without its controls. */
export function textOfHome(view: View | undefined): string {
  return view ? readBlocks((view.content.blocks as Message['blocks']) ?? []).text : '';
}
