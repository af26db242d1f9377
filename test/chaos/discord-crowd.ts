import { setTimeout as pause } from 'node:timers/promises';
import { APITextChannel, APIUser } from 'discord.js';
import { audioOf } from '../support/discord-scene';
import { DiscordServer } from '../support/discord-server/discord-server';
import { GatewaySession } from '../support/discord-server/gateway/gateway-session';
import { StoredMessage } from '../support/discord-server/state/message-board';
import { NOTES, Note } from '../support/notes';
import { SpokenNote } from './chaos-note';

const VOICES = NOTES.filter(({ file }) => file.endsWith('.ogg'));
const CHANNELS = 20;
const USERS = 60;
/** A client whose socket is gone may still come back within a moment; a killed one does not. */
const GONE_MS = 5_000;
const LOOK_EVERY_MS = 20;

/** People in a Discord server that is set to automatic, who speak whenever somebody listens. */
export class DiscordCrowd {
  readonly notes: SpokenNote[] = [];
  readonly guildId: string;
  private readonly channels: APITextChannel[];
  private readonly users: APIUser[];
  private readonly goneSince = new Map<GatewaySession, number>();

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
    for (let n = 0; n < count; n++) {
      await this.untilHeard(signal);
      if (signal.aborted) return;
      this.say(n, VOICES[n % VOICES.length] as Note);
      await pause(LOOK_EVERY_MS);
    }
  }

  /**
   * Says once more what nobody can answer: Discord does not tell a new client what a killed one has heard.
   *
   * @param accepted ids of the messages that have become jobs
   */
  repeatUnheard(accepted: ReadonlySet<string>): void {
    const lost = this.notes.filter(
      ({ message, hearers, repeated }) =>
        !repeated && !accepted.has(message.id) && hearers.every((session) => this.isGone(session)),
    );
    for (const spoken of lost) {
      if (this.listening().length === 0) return;
      spoken.repeated = true;
      this.say(this.notes.length, spoken.note);
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
    const hearers = this.listening();
    const message = this.server.postVoiceMessage({ channel, author, audio: audioOf(note) });
    this.notes.push({ kind: 'spoken', note, message, hearers, repeated: false });
  }

  private async untilHeard(signal: AbortSignal): Promise<void> {
    while (this.listening().length === 0 && !signal.aborted) await pause(LOOK_EVERY_MS);
  }

  private listening(): GatewaySession[] {
    return this.server.gateway.sessions.filter(({ connected }) => connected);
  }

  private isGone(session: GatewaySession): boolean {
    if (session.connected) {
      this.goneSince.delete(session);
      return false;
    }
    const since = this.goneSince.get(session) ?? performance.now();
    this.goneSince.set(session, since);
    return performance.now() - since > GONE_MS;
  }
}
