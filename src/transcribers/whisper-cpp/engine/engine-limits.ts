import { Injectable } from '@nestjs/common';

const MIB = 1024 * 1024;

/** How patient hark is with the engine. */
@Injectable()
export class EngineLimits {
  /** Milliseconds from start to ready: a large model on a slow disk takes minutes to read. */
  readonly startMs: number = 300_000;
  /** Milliseconds in which an engine that was told to stop must have done so; it is killed then. */
  readonly stopMs: number = 1_000;
  /** An engine that ran for so many milliseconds and then died is started again without delay. */
  readonly stableMs: number = 60_000;
  /** Bounds of the pause between two starts that failed, in milliseconds. */
  readonly restartMs: { first: number; longest: number } = { first: 100, longest: 30_000 };

  /** Milliseconds that the engine may work on so many seconds of audio; whoever needs longer hangs. */
  requestMs(audioSeconds: number): number {
    return Math.round(60_000 + 20_000 * audioSeconds);
  }

  /** Bytes of memory at which an engine is replaced, by what it had after its first work. */
  mostBytes(baseline: number): number {
    return baseline + Math.max(baseline, 256 * MIB);
  }
}
