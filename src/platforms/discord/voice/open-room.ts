import { VoiceBasedChannel } from 'discord.js';
import { Member, TranscriptionOptions } from '../../../core/voice-note';
import { ListeningRoom, RoomEnd } from './listening-room';

/** What somebody has asked for. */
export interface RoomWish {
  asker: Member;
  channel: VoiceBasedChannel;
  /** Channel of text that it was asked in. */
  from: string;
  /** Whether a thread can be made there. */
  thread: boolean;
  asked: Partial<TranscriptionOptions>;
}

export type FileFormat = 'txt' | 'srt';

/** A voice channel in which hark is, or is about to be. */
export interface OpenRoom {
  readonly asker: string;
  readonly channel: VoiceBasedChannel;
  /** Where the words are written. */
  readonly page: string;
  readonly room: ListeningRoom;
  readonly told: Set<string>;
  end(why: RoomEnd, by?: { format?: FileFormat; deadlineMs?: number }): Promise<void>;
}
