import { Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { HarkError } from '../../core/errors';
import { Settings } from '../../settings/settings';
import { searchPathOf } from '../search-path';
import { TemporaryFolder } from '../temporary-folder.service';
import { DecoderLimits } from './decoder-limits';
import { DecoderProcess } from './decoder-process';
import { Isolation, isolation } from './isolation';

/**
 * Decoder processes, at least one of them warm in a worker. One that dies is replaced; a process serves one file at a
 * time, and more are started only when more files are decoded at once.
 */
@Injectable()
export class DecoderPool implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly all = new Set<DecoderProcess>();
  private idle: DecoderProcess[] = [];
  private wanted = false;
  private closed = false;

  constructor(
    private readonly settings: Settings,
    private readonly folder: TemporaryFolder,
    private readonly limits: DecoderLimits,
  ) {}

  onApplicationBootstrap(): void {
    this.wanted = this.settings.roles.has('worker');
    this.keepWarm();
  }

  async onModuleDestroy(): Promise<void> {
    this.closed = true;
    const ending = [...this.all];
    for (const decoder of ending) decoder.kill();
    await Promise.all(ending.map((decoder) => decoder.ended));
  }

  /** How far decoders are shut in on this system. */
  get isolation(): Isolation {
    return isolation(searchPathOf(this.settings));
  }

  /** Version of the ffmpeg that decoders find. */
  async ffmpegVersion(): Promise<string | undefined> {
    this.wanted = true;
    this.keepWarm();
    return (await [...this.all].find(({ isAlive }) => isAlive)?.ready)?.ffmpeg;
  }

  /**
   * A decoder for one file; to be handed to `release` afterwards.
   *
   * @throws HarkError `service_unavailable` when none can be started
   */
  async acquire(): Promise<DecoderProcess> {
    this.wanted = true;
    const decoder = this.idle.find(({ isAlive }) => isAlive) ?? this.start();
    this.idle = this.idle.filter((other) => other !== decoder && other.isAlive);
    try {
      await decoder.ready;
      return decoder;
    } catch (error) {
      throw new HarkError('service_unavailable', 'The audio decoder does not start.', {
        retryable: true,
        cause: error,
      });
    }
  }

  /** @param reusable false when it is not certain what state it is in: another takes its place */
  release(decoder: DecoderProcess, reusable: boolean): void {
    const { jobs, idle } = this.limits;
    if (reusable && decoder.isAlive && decoder.jobs < jobs && this.idle.length < idle)
      this.idle.push(decoder);
    else decoder.kill();
  }

  private start(): DecoderProcess {
    if (this.closed) throw new HarkError('service_unavailable', 'hark is stopping.', { retryable: true });
    const searchPath = searchPathOf(this.settings);
    const place = { temporaryFolder: this.folder.path(), searchPath, isolation: this.isolation };
    const decoder = new DecoderProcess(place, this.limits);
    this.all.add(decoder);
    let wasReady = false;
    decoder.ready.then(
      () => (wasReady = true),
      () => undefined,
    );
    void decoder.ended.then(() => {
      this.all.delete(decoder);
      this.idle = this.idle.filter((other) => other !== decoder);
      // one that does not even start would be started again and again
      if (wasReady) this.keepWarm();
    });
    return decoder;
  }

  private keepWarm(): void {
    if (this.wanted && !this.closed && this.all.size === 0) this.idle.push(this.start());
  }
}
