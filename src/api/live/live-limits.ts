/** What one connection may do. Sizes in bytes, times in milliseconds. */
export class LiveLimits {
  /** For the first message. */
  readonly helloMs: number = 10_000;
  /** Without a frame. */
  readonly idleMs: number = 60_000;
  readonly pingMs: number = 20_000;
  /** What is said last is read within this when hark is stopped. */
  readonly farewellMs: number = 4_000;
  readonly textBytes: number = 16 * 1024;
  /** A second of PCM, and twice of that. */
  readonly frameBytes: number = 64 * 1024;
  /** What a connection may send in a second, for long: eight times what PCM takes. */
  readonly bytesPerSecond: number = 256 * 1024;
  /** The same at once. */
  readonly burstBytes: number = 2 * 1024 * 1024;
  /** What a frame counts at least: one of Opus may hold much in few bytes. */
  readonly leastFrameBytes: number = 320;
  /** Of sound that waits to be read; nothing more is taken from the connection meanwhile. */
  readonly waitingSeconds: number = 60;
  /** What the other side has not taken yet: from here on it gets no partial words, … */
  readonly slowBytes: number = 64 * 1024;
  /** … and from here on nothing more at all. */
  readonly stuckBytes: number = 1024 * 1024;
}
