import { VoiceBasedChannel } from 'discord.js';
import { VoiceCall, VoiceEars, VoiceReceiver } from '../../src/platforms/discord/voice/voice-receiver';
import { DiscordServer } from './discord-server/discord-server';

/** A voice server whose packets were recorded before: what a test has people say. */
export class RecordedVoice extends VoiceReceiver {
  /** The next attempts to join fail. */
  refusing = false;
  /** Whose packets were taken, in the order in which they began to speak. */
  readonly taken: string[] = [];
  server?: DiscordServer;
  private ears?: VoiceEars;
  private guild?: string;

  join({ id, guild }: VoiceBasedChannel, ears: VoiceEars): Promise<VoiceCall> {
    if (this.refusing) return Promise.reject(new Error('Cannot perform IP discovery'));
    this.ears = ears;
    this.guild = guild.id;
    this.server?.change.setVoice(guild.id, this.server.world.bot, id);
    return Promise.resolve({ ignore: () => undefined, leave: () => this.leave() });
  }

  get inChannel(): boolean {
    return this.ears !== undefined;
  }

  /** The connection breaks. */
  break(): void {
    this.ears?.lost();
  }

  /** Somebody speaks, and pauses. Only who is admitted is heard, as with a subscription. */
  speak({ id }: { id: string }, packets: readonly Buffer[]): void {
    const { ears } = this;
    if (!ears?.admits(id)) return;
    this.taken.push(id);
    for (const packet of packets) ears.hear(id, packet);
    ears.rest(id);
  }

  private leave(): void {
    if (this.ears && this.guild) this.server?.change.setVoice(this.guild, this.server.world.bot, null);
    this.ears = undefined;
  }
}
