import { VoiceBasedChannel } from 'discord.js';

/** Whoever hears a voice channel. People are ids of users. */
export interface VoiceEars {
  /** Whether this person's voice may be taken from the channel. Asked whenever they begin to speak. */
  admits(person: string): boolean;
  /** 20 ms of it, as Opus. */
  hear(person: string, packet: Buffer): void;
  /** They pause. */
  rest(person: string): void;
  /** There is no connection any more, and hark has not ended it. */
  lost(): void;
}

/** hark is in a voice channel. */
export interface VoiceCall {
  /** This person's voice is not taken any more, until they are admitted again. */
  ignore(person: string): void;
  leave(): void;
}

/** Joins voice channels. What is behind it speaks to Discord's voice servers. */
export abstract class VoiceReceiver {
  /** @throws Error when the voice server does not answer */
  abstract join(channel: VoiceBasedChannel, ears: VoiceEars): Promise<VoiceCall>;
}
