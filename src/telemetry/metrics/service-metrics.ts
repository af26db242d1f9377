import { Counter, Gauge, Registry } from 'prom-client';
import { LANES, Lane, LaneDepth } from '../../core/job-queue';
import { HealthReport } from '../../core/health-check';
import { LIMITED_PLATFORMS, REPLACEMENTS } from './labels';

/** How hark itself is doing, as numbers. Gauges hold what was seen at the latest look. */
export class ServiceMetrics {
  readonly engineRestarts: Counter<'reason'>;
  readonly rateLimits: Counter<'platform'>;
  readonly backEnds: Gauge<'back_end'>;
  private readonly waiting: Gauge<'lane'>;
  private readonly active: Gauge<'lane'>;
  private readonly up: Gauge<'part'>;
  private readonly warning: Gauge<'part'>;
  private readonly leader: Gauge;

  /** @param mayLead else there is no such number: one that is always 0 would look as if somebody were missing */
  constructor(registry: Registry, mayLead: boolean) {
    const registers = [registry];
    this.engineRestarts = new Counter({
      name: 'hark_engine_restarts_total',
      help: 'Engines that were replaced by a new one, by what was wrong with them.',
      labelNames: ['reason'],
      registers,
    });
    this.rateLimits = new Counter({
      name: 'hark_platform_rate_limits_total',
      help: 'How often a chat platform made hark wait.',
      labelNames: ['platform'],
      registers,
    });
    this.backEnds = new Gauge({
      name: 'hark_back_end_in_use',
      help: '1 while the back end is asked, 0 while its circuit is open.',
      labelNames: ['back_end'],
      registers,
    });
    this.waiting = new Gauge({
      name: 'hark_queue_waiting',
      help: 'What is due and waits, in the whole installation.',
      labelNames: ['lane'],
      registers,
    });
    this.active = new Gauge({
      name: 'hark_queue_active',
      help: 'What is being worked on, as far as this process knows: on Redis everywhere.',
      labelNames: ['lane'],
      registers,
    });
    this.up = new Gauge({
      name: 'hark_part_up',
      help: 'The parts of /health/ready: 0 for one that is broken, otherwise 1.',
      labelNames: ['part'],
      registers,
    });
    this.warning = new Gauge({
      name: 'hark_part_warning',
      help: 'The parts of /health/ready: 1 for one that an admin should look at.',
      labelNames: ['part'],
      registers,
    });
    this.leader = new Gauge({
      name: 'hark_leader',
      help: '1 in the process that leads: it holds the chat connections and delivers.',
      registers: mayLead ? registers : [],
    });
    for (const reason of REPLACEMENTS) this.engineRestarts.inc({ reason }, 0);
    for (const platform of LIMITED_PLATFORMS) this.rateLimits.inc({ platform }, 0);
  }

  /** @param depths of the lanes that could be asked */
  showQueue(depths: ReadonlyMap<Lane, LaneDepth>): void {
    for (const lane of LANES) {
      const depth = depths.get(lane);
      // Nobody knows: no number is better than the last one.
      if (!depth) [this.waiting, this.active].forEach((gauge) => gauge.remove({ lane }));
      else {
        this.waiting.set({ lane }, depth.waiting);
        this.active.set({ lane }, depth.active);
      }
    }
  }

  /** What is switched off is not there. */
  showParts(reports: readonly HealthReport[]): void {
    for (const gauge of [this.up, this.warning]) gauge.reset();
    const on = reports.filter(({ state }) => state !== 'off');
    for (const { name: part } of on) {
      const states = on.filter(({ name }) => name === part).map(({ state }) => state);
      this.up.set({ part }, states.includes('broken') ? 0 : 1);
      this.warning.set({ part }, states.includes('warning') ? 1 : 0);
    }
  }

  showLeader(leads: boolean): void {
    this.leader.set(leads ? 1 : 0);
  }
}
