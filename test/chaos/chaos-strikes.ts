import { setTimeout as pause } from 'node:timers/promises';
import { Strike } from './chaos-plan';
import { ChaosStage } from './chaos-stage';

/** Deals the strikes out, and counts them. */
export class ChaosStrikes {
  readonly dealt: Record<Strike['what'], number> = {
    kill: 0,
    'redis-restart': 0,
    'redis-flush': 0,
    'database-restart': 0,
  };
  /** What fell when, a line each. */
  readonly journal: string[] = [];
  /** A service that is being started again must be there before it is struck again. */
  private redisBack: Promise<void> = Promise.resolve();
  private databaseBack: Promise<void> = Promise.resolve();

  constructor(private readonly stage: ChaosStage) {}

  get count(): number {
    return Object.values(this.dealt).reduce((sum, one) => sum + one, 0);
  }

  /** Resolves when the blow has fallen; what it hit comes back by itself. */
  async deal({ what, victim, delayMs, downMs }: Strike): Promise<void> {
    await pause(delayMs);
    switch (what) {
      case 'kill':
        await this.stage.member(victim).kill(downMs);
        break;
      case 'redis-restart':
        await this.redisBack;
        await this.stage.redis?.kill();
        this.redisBack = pause(downMs).then(() => this.stage.redis?.start());
        break;
      case 'redis-flush':
        await this.redisBack;
        await this.stage.redis?.flush();
        break;
      case 'database-restart':
        await this.databaseBack;
        await this.stage.postgres?.kill();
        this.databaseBack = pause(downMs).then(() => this.stage.postgres?.start());
        break;
    }
    this.dealt[what] += 1;
    this.journal.push(`${new Date().toISOString()} ${what} ${victim ?? ''} back after ${downMs} ms`);
  }

  /** When everything that was struck is there again. */
  async healed(): Promise<void> {
    await Promise.all([this.redisBack, this.databaseBack]);
  }
}
