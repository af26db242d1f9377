import { setTimeout as pause } from 'node:timers/promises';
import { APITextChannel, APIUser } from 'discord.js';
import { audioOf } from '../support/discord-scene';
import { DiscordServer } from '../support/discord-server/discord-server';
import { StoredMessage } from '../support/discord-server/state/message-board';
import { NOTES, Note } from '../support/notes';
import { SpokenNote } from './chaos-note';

const VOICES = NOTES.filter(({ file }) => file.endsWith('.ogg'));
const CHANNELS = 20;
const USERS = 60;
const LOOK_EVERY_MS = 20;

/** People in a Discord server that is set to automatic, who speak whether or not somebody listens just then. */
export class DiscordCrowd {
  readonly notes: SpokenNote[] = [];
  readonly guildId: string;
  private readonly channels: APITextChannel[];
  private readonly users: APIUser[];

  constructor(private readonly server: DiscordServer) {
    const guild = server.build.addGuild('Listeners');
    this.guildId = guild.id;
    this.channels = Array.from({ length: CHANNELS }, (_, n) =>
      server.build.addTextChannel(guild, `room-${n}`),
    );
    this.users = Array.from({ length: USERS }, (_, n) => server.build.addUser(`user-${n}`));
    for (const user of this.users) server.build.addMember(guild, user);
  }

  async speak(count: number, signal: AbortSignal): Promise<void> {
    // What was said before hark has ever listened is not meant for it.
    while (!this.server.gateway.sessions.some(({ connected }) => connected) && !signal.aborted)
      await pause(LOOK_EVERY_MS);
    for (let n = 0; n < count && !signal.aborted; n++) {
      this.say(n, VOICES[n % VOICES.length] as Note);
      await pause(LOOK_EVERY_MS);
    }
  }

  /** Everything that the bot has ever posted as an answer to the message, also what it has removed. */
  answersTo({ id, channelId }: StoredMessage): StoredMessage[] {
    return this.server
      .messages(channelId, { deleted: true })
      .filter(
        ({ data }) =>
          data.author.id === this.server.world.bot.id && data.message_reference?.message_id === id,
      );
  }

  /** Messages of the bot that answer no note. */
  strays(): StoredMessage[] {
    const known = new Set(this.notes.map(({ message }) => message.id));
    return this.channels
      .flatMap((channel) => this.server.messages(channel, { deleted: true }))
      .filter(({ data }) => data.author.id === this.server.world.bot.id)
      .filter(({ data }) => !known.has(data.message_reference?.message_id ?? ''));
  }

  private say(n: number, note: Note): void {
    const [channel, author] = [this.channels[n % CHANNELS], this.users[n % USERS]];
    if (!channel || !author) throw new Error('nobody is there');
    const message = this.server.postVoiceMessage({ channel, author, audio: audioOf(note) });
    this.notes.push({ kind: 'spoken', note, message });
  }
}
