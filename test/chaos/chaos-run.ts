import { setTimeout as pause } from 'node:timers/promises';
import { isFinished } from '../../src/core/job';
import { ChaosOptions } from './chaos-options';
import { chaosPlan } from './chaos-plan';
import { ChaosReport } from './chaos-report';
import { ChaosStage } from './chaos-stage';
import { ChaosStrikes } from './chaos-strikes';
import { ChaosWatch } from './chaos-watch';
import { DiscordCrowd } from './discord-crowd';
import { inspect } from './inspection';
import { RestClients } from './rest-clients';

const LOOK_EVERY_MS = 250;
/** Of ten notes so many are spoken in Discord; the others come by REST. */
const SPOKEN_OF_TEN = 6;

/** What a run tells while it goes on. */
export interface ChaosProgress {
  accepted: number;
  ended: number;
  strikes: number;
  planned: number;
}

/** One run: notes come in, processes die, and at the end everything is counted. */
export class ChaosRun {
  private readonly watch: ChaosWatch;
  readonly strikes: ChaosStrikes;
  private readonly crowd: DiscordCrowd;
  private readonly clients: RestClients;
  private readonly over = new AbortController();
  private readonly begun = performance.now();
  private movedAt = this.begun;
  private lastSeen = '';

  constructor(
    private readonly options: ChaosOptions,
    private readonly stage: ChaosStage,
    private readonly tell: (progress: ChaosProgress) => void,
  ) {
    this.watch = new ChaosWatch(stage.storage);
    this.strikes = new ChaosStrikes(stage);
    this.crowd = new DiscordCrowd(stage.discord);
    this.clients = new RestClients(stage.api);
  }

  async go(): Promise<ChaosReport> {
    const { members, discord, storage } = this.stage;
    const scope = { platform: 'discord', kind: 'server', id: this.crowd.guildId } as const;
    await storage.preferences.set(scope, { automatic: true });
    await Promise.all(members.map((member) => member.begin()));
    await discord.waitForLogin({ timeoutMs: this.options.patienceMs });

    const spoken = Math.round((this.options.jobs * SPOKEN_OF_TEN) / 10);
    const { signal } = this.over;
    const sending = Promise.all([
      this.crowd.speak(spoken, signal),
      this.clients.submit(this.options.jobs - spoken, signal),
    ]);
    const striking = this.strike(signal);
    const watching = this.observe(sending, signal);
    await watching;
    this.over.abort();
    await Promise.all([sending, striking]);
    await this.strikes.healed();
    if (this.isSettled()) await this.stayQuiet();
    const { options, stage, watch, strikes, crowd, clients } = this;
    const seconds = Math.round((performance.now() - this.begun) / 1000);
    return inspect({ options, stage, watch, strikes, crowd, clients, seconds });
  }

  private async strike(signal: AbortSignal): Promise<void> {
    const names = this.stage.members.map(({ name }) => name);
    for (const strike of chaosPlan(this.options, names)) {
      while (this.watch.ended < strike.afterJobs && !signal.aborted) await pause(LOOK_EVERY_MS);
      if (signal.aborted) return;
      await this.strikes.deal(strike);
    }
  }

  /** Until every note has had its end, or nothing moves any more. */
  private async observe(sending: Promise<unknown>, signal: AbortSignal): Promise<void> {
    let sent = false;
    const sentAll = sending.then(() => (sent = true));
    for (;;) {
      await this.watch.look();
      this.report();
      if (sent && this.isSettled() && this.strikes.count >= this.planned) return;
      if (performance.now() - this.movedAt > this.options.patienceMs) return;
      await Promise.race([
        pause(LOOK_EVERY_MS, undefined, { signal }),
        sentAll.then(() => pause(LOOK_EVERY_MS)),
      ]);
    }
  }

  private report(): void {
    const { jobs, ended } = this.watch;
    const progress = { accepted: jobs.length, ended, strikes: this.strikes.count, planned: this.planned };
    const seen = JSON.stringify(progress);
    if (seen !== this.lastSeen) this.movedAt = performance.now();
    this.lastSeen = seen;
    this.tell(progress);
  }

  private get planned(): number {
    const { kills, redisRestarts, redisFlushes, databaseRestarts } = this.options;
    return kills + redisRestarts + redisFlushes + databaseRestarts;
  }

  private isSettled(): boolean {
    const { messages } = this.watch;
    const waiting = this.crowd.notes.some(({ message }) => !messages.has(message.id));
    return !waiting && this.watch.jobs.every(({ status }) => isFinished(status));
  }

  /** Whoever was taken for dead and is not would post now. */
  private async stayQuiet(): Promise<void> {
    await pause(this.options.quietMs);
    await this.watch.look();
  }
}
