import { DynamicModule, Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AnswerStore } from '../../src/core/answer-store';
import { Clock } from '../../src/core/clock';
import { HealthModule } from '../../src/core/health.module';
import { HealthRegistry } from '../../src/core/health.registry';
import { JobEvents } from '../../src/core/job-events';
import { JobQueue } from '../../src/core/job-queue';
import { JobStore } from '../../src/core/job-store';
import { Leadership } from '../../src/core/leadership';
import { Lane } from '../../src/core/job-queue';
import { Policy } from '../../src/core/policy';
import { processMark } from '../../src/core/process-mark';
import { TermStore } from '../../src/core/term-store';
import { QueueModule } from '../../src/queue/queue.module';
import { QueueTimings } from '../../src/queue/queue-timings';
import { Settings } from '../../src/settings/settings';

export interface MemberOptions {
  jobs: JobStore;
  answers: AnswerStore;
  terms: TermStore;
  /** The folder of the database. */
  dataDir: string;
  /** Bull when it is there. */
  redisUrl?: string;
  activeJobs?: number;
  /** After so long without a renewal, and at its end, a lease is taken back. */
  leaseMs?: number;
  /** With the delivery lane among them, or any where there is no Redis, it wants to lead. */
  slots?: Partial<Record<Lane, number>>;
  timings?: Partial<QueueTimings>;
}

/** The queue's part of one process: what takes part in the work of all. */
export interface QueueMember {
  queue: JobQueue;
  events: JobEvents;
  health: HealthRegistry;
  leadership: Leadership;
  close(): Promise<void>;
}

/** Puts the real `QueueModule` together as the composition root does, on the given stores. */
export async function openMember(options: MemberOptions): Promise<QueueMember> {
  const { redisUrl, timings } = options;
  const surroundings = Surroundings.of(options);
  const queue = QueueModule.register({
    redis: redisUrl !== undefined,
    imports: [surroundings, HealthModule],
    timings,
  });
  const root: DynamicModule = { module: Root, imports: [surroundings, queue, HealthModule] };
  const app = await NestFactory.createApplicationContext(root, { logger: false });
  return {
    queue: app.get(JobQueue, { strict: false }),
    events: app.get(JobEvents, { strict: false }),
    health: app.get(HealthRegistry, { strict: false }),
    leadership: app.get(Leadership, { strict: false }),
    close: () => app.close(),
  };
}

@Module({})
class Root {}

/** What other rooms provide. */
@Global()
@Module({})
class Surroundings {
  static of({ jobs, answers, terms, dataDir, redisUrl, ...options }: MemberOptions): DynamicModule {
    const none = { jobsPerHour: 0, audioMinutesPerDay: 0, activeJobs: 0 };
    const policy = {
      quota: { ...none, activeJobs: options.activeJobs ?? 0 },
      placeQuota: { channel: none, server: none },
      leaseMs: options.leaseMs ?? 60_000,
      soleProcess: redisUrl === undefined,
      processId: processMark(),
      slots: options.slots ?? {},
    } as Policy;
    const settings = {
      redisUrl,
      databaseUrl: `sqlite:${dataDir}/hark.sqlite`,
      scratchDir: dataDir,
    } as Settings;
    const providers = [
      { provide: JobStore, useValue: jobs },
      { provide: AnswerStore, useValue: answers },
      { provide: TermStore, useValue: terms },
      { provide: Clock, useValue: { now: () => new Date() } },
      { provide: Policy, useValue: policy },
      { provide: Settings, useValue: settings },
    ];
    const exported = [JobStore, AnswerStore, TermStore, Clock, Policy, Settings];
    return { module: Surroundings, providers, exports: exported };
  }
}
