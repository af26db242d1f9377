import { once } from 'node:events';
import { Injectable, OnApplicationBootstrap, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Interruption } from './interruption';
import { LANES } from './job-queue';
import { LaneWorkService } from './lane-work.service';
import { Leadership, Term } from './leadership';
import { Policy } from './policy';
import { UpkeepService } from './upkeep.service';

/**
 * Puts this process to work, and ends the work in order. Any number of processes transcribe; only the leader delivers.
 * A sole process does everything, or stands by with everything.
 */
@Injectable()
export class WorkersService implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly leadership: Leadership,
    private readonly lanes: LaneWorkService,
    private readonly upkeep: UpkeepService,
    private readonly policy: Policy,
  ) {}

  onModuleInit(): void {
    this.leadership.assume((term) => this.lead(term));
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.policy.soleProcess) return;
    this.upkeep.clean();
    await this.lanes.begin(['transcription']);
  }

  async onModuleDestroy(): Promise<void> {
    this.lanes.close();
    const { shutdownMs } = this.policy;
    await Promise.all([this.leadership.resign(shutdownMs), this.lanes.end(['transcription'], shutdownMs)]);
    await this.lanes.stop();
  }

  private async lead(term: Term): Promise<void> {
    const { signal } = term;
    const { soleProcess, shutdownMs } = this.policy;
    const lanes = soleProcess ? LANES : (['delivery'] as const);
    await this.upkeep.takeOver(term);
    if (soleProcess) this.upkeep.clean();
    if (!signal.aborted) await this.lanes.begin(lanes);
    if (!signal.aborted) await once(signal, 'abort');
    const inOrder = signal.reason instanceof Interruption && signal.reason.why === 'shutdown';
    await this.lanes.end(lanes, inOrder ? shutdownMs : 0);
  }
}
