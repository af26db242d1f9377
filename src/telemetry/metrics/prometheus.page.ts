import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { Registry, collectDefaultMetrics } from 'prom-client';
import { HealthRegistry } from '../../core/health.registry';
import { JobQueue, LANES, Lane, LaneDepth } from '../../core/job-queue';
import { Leadership } from '../../core/leadership';
import { MetricsPage } from '../../core/metrics-page';
import { Telemetry } from '../../core/telemetry';
import { Settings } from '../../settings/settings';
import { count } from './count';
import { LiveMetrics } from './live-metrics';
import { NoteMetrics } from './note-metrics';
import { ServiceMetrics } from './service-metrics';
import { SummaryMetrics } from './summary-metrics';

/** Strangers may ask as often as they like: the database is asked no more than this. */
const DEPTH_FRESH_MS = 1_000;
/** The parts ask chat platforms how they are, which is not to be done for each of several that scrape. */
const PARTS_FRESH_MS = 10_000;
/** Node's own histogram wakes the process so often; the default of 10 ms would keep an idle machine busy. */
const EVENT_LOOP_MS = 200;

/** The metrics of this process: counted as things happen, looked up where they change by themselves. */
@Injectable()
export class PrometheusPage extends MetricsPage implements OnApplicationBootstrap {
  private readonly registry = new Registry();
  private readonly service: ServiceMetrics;
  private partsSeenAt = -Infinity;
  private queueSeenAt = -Infinity;

  constructor(
    telemetry: Telemetry,
    private readonly settings: Settings,
    private readonly queue: JobQueue,
    private readonly leadership: Leadership,
    private readonly health: HealthRegistry,
  ) {
    super();
    const { roles, redisUrl } = settings;
    const notes = new NoteMetrics(this.registry);
    const live = new LiveMetrics(this.registry);
    const summaries = new SummaryMetrics(this.registry);
    this.service = new ServiceMetrics(this.registry, roles.has('bot') || redisUrl === undefined);
    telemetry.listen((fact) => {
      // A process that never listens cannot tell whether its back ends are well.
      if (fact.type === 'back-end' && !roles.has('worker')) return;
      count(fact, notes, this.service, live, summaries);
    });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Commands have no page, and what Node tells of itself costs a little. */
  onApplicationBootstrap(): void {
    if (this.settings.roles.size === 0) return;
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: EVENT_LOOP_MS });
  }

  async text(): Promise<string> {
    this.service.showLeader(this.leadership.term !== undefined);
    await Promise.all([this.lookAtQueue(), this.lookAtParts()]);
    return this.registry.metrics();
  }

  private async lookAtQueue(): Promise<void> {
    const now = performance.now();
    if (now - this.queueSeenAt < DEPTH_FRESH_MS) return;
    this.queueSeenAt = now;
    const depths = new Map<Lane, LaneDepth>();
    for (const lane of LANES) {
      const depth = await this.queue.depth(lane).catch(() => undefined);
      if (depth) depths.set(lane, depth);
    }
    this.service.showQueue(depths);
  }

  private async lookAtParts(): Promise<void> {
    const now = performance.now();
    if (now - this.partsSeenAt < PARTS_FRESH_MS) return;
    this.partsSeenAt = now;
    this.service.showParts(await this.health.report());
  }
}
