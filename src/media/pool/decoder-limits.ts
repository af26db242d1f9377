import { Injectable } from '@nestjs/common';

/** What a decoder may use. */
@Injectable()
export class DecoderLimits {
  /** How long it may neither take in nor give out anything while it has both to do, in milliseconds. */
  readonly stallMs: number = 20_000;
  /** Longest it may work on a file, in milliseconds: this much, and as long as the recording lasts. */
  readonly workMs: number = 120_000;
  /** Writable memory beyond what the process holds when it is ready. */
  readonly memoryBytes: number = 768 * 1024 * 1024;
  /** Of that, what JavaScript may fill. */
  readonly heapMiB: number = 256;
  readonly openFiles: number = 64;
  /** Of the process and of its ffmpeg together, where they can be told from other processes of the same user. */
  readonly threads: number = 64;
  /** Files after which a process makes room for a fresh one. */
  readonly jobs: number = 500;
  /** Idle processes that are kept. */
  readonly idle: number = 2;
}
