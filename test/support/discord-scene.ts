import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { APIActionRowComponent, APIMessage, APITextChannel, APIUser, ComponentType } from 'discord.js';
import { JobEvents } from '../../src/core/job-events';
import { JobArchive } from '../../src/core/job-archive';
import { JobQueue } from '../../src/core/job-queue';
import { JobStore } from '../../src/core/job-store';
import { TranscriptionJob } from '../../src/core/job';
import { PreferenceScope, PreferenceStore, Preferences } from '../../src/core/preference-store';
import { DiscordHome, DiscordHomeOptions, openDiscordHome } from './discord-home';
import { readContent } from './discord-reader';
import { PostedFile } from './discord-server/people/posting';
import { SlashValue } from './discord-server/people/slash-options';
import { InteractionRecord } from './discord-server/state/interaction-desk';
import { StoredMessage } from './discord-server/state/message-board';
import { idOf, Ref } from './discord-server/state/snowflakes';
import { Guild } from './discord-server/state/world';
import { newJob } from './new-job';
import { NOTES, Note } from './notes';
import { serverBinary } from './whisper';

const READING_MS = 20_000;

/** The bytes of a sample note. */
export function audioOf({ file }: Note): Buffer {
  return readFileSync(join(__dirname, 'audio', file));
}

/** A sample note as a file that somebody uploads. */
export function uploadOf(spoken: Note): PostedFile {
  return { bytes: audioOf(spoken), filename: 'note.ogg', contentType: 'audio/ogg' };
}

/** A sample note by its place in the list. */
export function note(index: number): Note {
  const found = NOTES[index];
  if (!found) throw new Error(`There is no note ${index}.`);
  return found;
}

/** A server with people in it, and hark listening with its real engine. */
export class DiscordScene {
  readonly guild: Guild;
  readonly anna: APIUser;
  readonly ben: APIUser;
  private channels = 0;

  private constructor(readonly home: DiscordHome) {
    const { build } = home.server;
    this.guild = build.addGuild('Listeners');
    this.anna = this.member('Anna');
    this.ben = this.member('Ben');
  }

  static async open(options: DiscordHomeOptions = {}): Promise<DiscordScene> {
    const variables = {
      WHISPER_SERVER_BIN: serverBinary(),
      PATH: process.env.PATH ?? '',
      RATE_LIMIT_ACTIVE_JOBS: '0',
      RATE_LIMIT_JOBS_PER_HOUR: '0',
      ...options.variables,
    };
    const home = await openDiscordHome({ roles: ['bot', 'worker'], ...options, variables });
    const scene = new DiscordScene(home);
    await scene.server.waitForLogin();
    await scene.server.waitFor(() => scene.server.commands.list().length > 0, { what: 'the commands' });
    return scene;
  }

  get server() {
    return this.home.server;
  }

  close(): Promise<void> {
    return this.home.close();
  }

  member(name: string, permissions?: bigint): APIUser {
    const { build } = this.server;
    const user = build.addUser(name);
    const roles =
      permissions === undefined ? [] : [build.addRole(this.guild, `role of ${name}`, permissions)];
    build.addMember(this.guild, user, roles);
    return user;
  }

  channel(): APITextChannel {
    return this.server.build.addTextChannel(this.guild, `room-${(this.channels += 1)}`);
  }

  /** One whose voice notes are read unasked. */
  async automaticChannel(): Promise<APITextChannel> {
    const channel = this.channel();
    await this.prefer('channel', channel, { automatic: true });
    return channel;
  }

  voice(channel: Ref, author: Ref, spoken: Note = note(0)): StoredMessage {
    return this.server.postVoiceMessage({ channel, author, audio: audioOf(spoken) });
  }

  mention(more = ''): string {
    return `<@${this.server.world.bot.id}> ${more}`.trim();
  }

  /** Somebody uses a command in a new channel. */
  slash(name: string, options: Record<string, SlashValue> = {}, user = this.anna): InteractionRecord {
    return this.server.useSlash({ channel: this.channel(), user, name, options });
  }

  /** Until an answer stands in the channel that says this and is settled. */
  answer(channel: Ref, text: string): Promise<StoredMessage> {
    return this.server.waitForMessage(channel, (message) => isSettled(message, text), {
      timeoutMs: READING_MS,
    });
  }

  /** Until the response says this and is settled. */
  response(record: InteractionRecord, text: string): Promise<StoredMessage> {
    return this.server.waitForInteractionResponse(record, (message) => isSettled(message, text), {
      timeoutMs: READING_MS,
    });
  }

  /** Until the response says something with this in it. */
  said(record: InteractionRecord, text: string): Promise<StoredMessage> {
    const fits = (message: APIMessage): boolean => wordsOf(message).includes(text);
    return this.server.waitForInteractionResponse(record, fits, { timeoutMs: READING_MS });
  }

  /** The id of the button or menu of this kind, e.g. `delete` or `hark-settings:channel:automatic`. */
  control(message: StoredMessage, kind: string): string {
    const found = controlsOf(message.data).find((id) => id.includes(kind));
    if (!found) throw new Error(`No ${kind}; there are: ${controlsOf(message.data).join(', ')}`);
    return found;
  }

  press(message: StoredMessage, kind: string, user: Ref): InteractionRecord {
    return this.server.clickButton(message, this.control(message, kind), user);
  }

  choose(message: StoredMessage, kind: string, value: string, user: Ref): InteractionRecord {
    return this.server.chooseOptions(message, this.control(message, kind), [value], user);
  }

  async prefer(kind: PreferenceScope['kind'], of: Ref, change: Preferences): Promise<void> {
    await this.preferences.set({ platform: 'discord', kind, id: idOf(of) }, change);
  }

  preferred(kind: PreferenceScope['kind'], of: Ref): Promise<Preferences> {
    return this.preferences.get({ platform: 'discord', kind, id: idOf(of) });
  }

  /** Until a job of the message has failed. */
  failure(message: Ref): Promise<TranscriptionJob> {
    return this.untilJobs(message, (jobs) => jobs.find(({ status }) => status === 'failed'));
  }

  /** Until every job of the message is done. */
  async done(message: Ref): Promise<void> {
    const isDone = (jobs: TranscriptionJob[]): boolean => jobs.every(({ status }) => status === 'done');
    await this.untilJobs(message, (jobs) => (jobs.length > 0 && isDone(jobs)) || undefined);
  }

  /** Until there is no job of the message any more. */
  async erasure(message: Ref): Promise<void> {
    await this.untilJobs(message, (jobs) => jobs.length === 0 || undefined);
  }

  private untilJobs<T>(message: Ref, find: (jobs: TranscriptionJob[]) => T | undefined): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const look = async (): Promise<void> => {
      const jobs = await this.jobs();
      const found = find(jobs.filter(({ replyTo }) => replyTo?.message === idOf(message)));
      if (found !== undefined) resolve(found);
    };
    const events = this.home.app.get(JobEvents, { strict: false });
    const leave = events.subscribe(() => void look().catch(reject));
    look().catch(reject);
    return promise.finally(leave);
  }

  /** Has hark post an answer with this text, as if it had heard it in the message. */
  async deliver(channel: Ref, message: Ref, text: string): Promise<void> {
    const jobs = this.home.app.get(JobStore, { strict: false });
    const replyTo = {
      platform: 'discord',
      workspace: this.guild.id,
      channel: idOf(channel),
      message: idOf(message),
    };
    const { job } = await jobs.add({ ...newJob({ user: this.anna.id, replyTo }), createdAt: new Date() });
    const lease = { owner: 'test', until: new Date(Date.now() + 60_000) };
    await jobs.claim(job.id, lease, new Date());
    const segments = [{ start: 0, end: 60, text, confidence: 1 }];
    const transcript = { text, languageDetected: false, segments, seconds: 60 };
    const result = { outcome: 'speech' as const, transcript, media: { seconds: 60 }, timings: {} };
    await jobs.finish(job.id, lease.owner, result, new Date());
    this.home.app.get(JobQueue, { strict: false }).wake('delivery');
  }

  async jobs(): Promise<TranscriptionJob[]> {
    const archive = this.home.app.get(JobArchive, { strict: false });
    return (await archive.list({ platform: 'discord', limit: 200 })).jobs;
  }

  /** A message to the bot that is answered after everything that came before it was heard. */
  async heardEverything(): Promise<void> {
    const channel = this.channel();
    const words = `${this.mention()} ${channel.id}`;
    const asked = this.server.post({ channel, author: this.anna, content: words });
    await this.server.waitForMessage(channel, ({ message_reference: to }) => to?.message_id === asked.id);
  }

  private get preferences(): PreferenceStore {
    return this.home.app.get(PreferenceStore, { strict: false });
  }
}

/** What a reader sees of a message. */
export function wordsOf({ content }: Pick<APIMessage, 'content'>): string {
  return readContent(content).text;
}

export function controlsOf(message: APIMessage): string[] {
  const rows = (message.components ?? []) as APIActionRowComponent<never>[];
  return rows
    .filter(({ type }) => type === ComponentType.ActionRow)
    .flatMap(({ components }) => components as { custom_id?: string }[])
    .flatMap(({ custom_id: id }) => (id === undefined ? [] : [id]));
}

function isSettled(message: APIMessage, text: string): boolean {
  return wordsOf(message).includes(text) && controlsOf(message).some((id) => id.includes('try-again'));
}
