import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { APITextChannel, APIUser } from 'discord.js';
import { cpuMsOfFamily } from '../../support/cpu-clock';
import { wordsOf } from '../../support/discord-scene';
import { DiscordServer } from '../../support/discord-server/discord-server';
import { HarkProcess } from '../../support/hark-process';
import { openTestStorage } from '../../support/storage';
import { startHark } from '../notes/hark-side';

const DRAFT = 'A first draft';
const PATIENCE = { timeoutMs: 300_000 };
const WARM_UPS = 5;

/** What became of one note in a chat. Milliseconds from its arrival. */
export interface Answered {
  /** Until there was a text to read. */
  firstMs: number;
  /** Until the chosen model's text stood there. */
  finalMs: number;
  /** Of all processes until then. */
  cpuMs: number;
  drafted: boolean;
}

/** hark in a Discord of its own, whose voice messages it reads by itself. */
export class DraftSide implements AsyncDisposable {
  private constructor(
    private readonly server: DiscordServer,
    private readonly hark: HarkProcess,
    private readonly channel: APITextChannel,
    private readonly speaker: APIUser,
    private readonly model: string,
  ) {}

  /** @param draft the small model; none when missing */
  static async open(model: string, draft?: string): Promise<DraftSide> {
    const server = await DiscordServer.start();
    const hark = await startHark(model, {
      ...(draft !== undefined && { DRAFT_MODEL: draft }),
      DISCORD_TOKEN: server.token,
      DISCORD_API_URL: server.apiUrl,
      MEDIA_ALLOW_HOSTS: server.cdnHost,
      RATE_LIMIT_JOBS_PER_HOUR: '0',
      RATE_LIMIT_AUDIO_MINUTES_PER_DAY: '0',
    });
    const guild = server.build.addGuild('Bench');
    const channel = server.build.addTextChannel(guild, 'notes');
    const speaker = server.build.addUser('Anna');
    server.build.addMember(guild, speaker);
    const storage = await openTestStorage(hark.dataDir);
    await storage.preferences.set({ platform: 'discord', kind: 'server', id: guild.id }, { automatic: true });
    await storage.close();
    await server.waitForLogin();
    return new DraftSide(server, hark, channel, speaker, basename(model, '.bin'));
  }

  /** Until it answers as it is meant to. @throws Error when there is no draft after some notes */
  async warmUp(file: string, drafted: boolean): Promise<void> {
    for (let tries = 0; tries < WARM_UPS; tries++) if ((await this.ask(file)).drafted === drafted) return;
    throw new Error(drafted ? 'There are no drafts' : 'There are drafts');
  }

  async ask(file: string): Promise<Answered> {
    const audio = await readFile(file);
    const cpu = cpuMsOfFamily(this.hark.pid);
    const begun = performance.now();
    const { id } = this.server.postVoiceMessage({ channel: this.channel, author: this.speaker, audio });
    const when = async (fits: (words: string) => boolean): Promise<{ ms: number; words: string }> => {
      const { data } = await this.server.waitForMessage(
        this.channel,
        (message) => message.message_reference?.message_id === id && fits(wordsOf(message)),
        PATIENCE,
      );
      return { ms: performance.now() - begun, words: wordsOf(data) };
    };
    const isFinal = (words: string): boolean => words.includes(this.model);
    const first = await when((words) => words.includes(DRAFT) || isFinal(words));
    const final = await when(isFinal);
    const cpuMs = cpuMsOfFamily(this.hark.pid) - cpu;
    return { firstMs: first.ms, finalMs: final.ms, cpuMs, drafted: first.words.includes(DRAFT) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.hark[Symbol.asyncDispose]();
    await this.server.stop();
  }
}
