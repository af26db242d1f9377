import { Injectable, Logger } from '@nestjs/common';
import { VoiceBasedChannel } from 'discord.js';
import { VoiceCall, VoiceEars, VoiceReceiver } from './voice-receiver';

const load = () => import('@discordjs/voice');
type VoiceConnection = ReturnType<Awaited<ReturnType<typeof load>>['joinVoiceChannel']>;
type AudioReceiveStream = ReturnType<VoiceConnection['receiver']['subscribe']>;

const READY_MS = 15_000;
/** A connection that moves to another server comes back within this. */
const RECOVERY_MS = 5_000;
/** Clients send nothing while nobody speaks. */
const PAUSE_MS = 800;

/** Voice channels by @discordjs/voice, which is loaded when the first one is joined. */
@Injectable()
export class DiscordJsVoiceReceiver extends VoiceReceiver {
  private readonly logger = new Logger('Voice');

  async join(channel: VoiceBasedChannel, ears: VoiceEars): Promise<VoiceCall> {
    const voice = await load();
    const { joinVoiceChannel, entersState, VoiceConnectionStatus: Status } = voice;
    const { id: channelId, guild } = channel;
    const connection = joinVoiceChannel({
      channelId,
      guildId: guild.id,
      adapterCreator: guild.voiceAdapterCreator,
      selfDeaf: false,
      selfMute: true,
    });
    connection.on('error', (err) => this.logger.warn({ err, msg: 'A voice connection has failed' }));
    try {
      await entersState(connection, Status.Ready, READY_MS);
    } catch (error) {
      if (connection.state.status !== Status.Destroyed) connection.destroy();
      throw error;
    }
    const call = new Call(connection, ears, voice.EndBehaviorType.AfterSilence);
    connection.on(Status.Disconnected, () => {
      const back = [Status.Signalling, Status.Connecting].map((status) =>
        entersState(connection, status, RECOVERY_MS),
      );
      Promise.any(back).catch(() => call.lose());
    });
    connection.on(Status.Destroyed, () => call.lose());
    return call;
  }
}

class Call implements VoiceCall {
  private readonly streams = new Map<string, AudioReceiveStream>();
  private over = false;

  constructor(
    private readonly connection: VoiceConnection,
    private readonly ears: VoiceEars,
    private readonly untilSilence: number,
  ) {
    connection.receiver.speaking.on('start', (person: string) => this.follow(person));
  }

  ignore(person: string): void {
    this.streams.get(person)?.destroy();
  }

  leave(): void {
    this.over = true;
    for (const stream of this.streams.values()) stream.destroy();
    if (this.connection.state.status !== ('destroyed' as typeof this.connection.state.status))
      this.connection.destroy();
  }

  lose(): void {
    if (this.over) return;
    this.leave();
    this.ears.lost();
  }

  /** Whoever is not admitted is not even subscribed to. */
  private follow(person: string): void {
    if (this.over || this.streams.has(person) || !this.ears.admits(person)) return;
    const end = { behavior: this.untilSilence, duration: PAUSE_MS };
    const stream = this.connection.receiver.subscribe(person, { end });
    this.streams.set(person, stream);
    stream.on('data', (packet: Buffer) => this.ears.hear(person, packet));
    let broken = false;
    // By a single packet that cannot be decrypted: the next ones may be.
    stream.once('error', () => (broken = true));
    stream.once('close', () => {
      this.streams.delete(person);
      this.ears.rest(person);
      if (broken) this.follow(person);
    });
  }
}
