/** How long the Discord adapter waits for what, in milliseconds. Tests shorten them. */
export class DiscordTimings {
  /** Least time between two changes of the presence; Discord takes five in twenty seconds. */
  readonly presenceMs: number = 15_000;
  /** After how long somebody who has asked is told that it takes longer. */
  readonly longMs: number = 15_000;

  /** Least time between two changes of what was said in a voice channel. */
  readonly voiceLinesMs: number = 2_000;
  /** How often it is looked whether a voice channel may be listened to any longer. */
  readonly voiceCheckMs: number = 15_000;

  constructor(changes: Partial<DiscordTimings> = {}) {
    Object.assign(this, changes);
  }
}
