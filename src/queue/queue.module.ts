import { BullModule, BullModuleAsyncOptions } from '@nestjs/bull';
import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { QueueOptions } from 'bull';
import { JobEvents } from '../core/job-events';
import { JobQueue, LANES } from '../core/job-queue';
import { Leadership } from '../core/leadership';
import { QueueBoard } from './board/queue-board';
import { BullJobQueue } from './bull-job-queue.service';
import { BullLanes } from './bull-lanes';
import { DeliveryProcessor } from './delivery.processor';
import { EmbeddedJobQueue } from './embedded-job-queue.service';
import { EmbeddedQueueCheck } from './embedded-queue.check';
import { LaneTables } from './lane-tables';
import { Candidate } from './leadership/candidate';
import { FileLeaderLock } from './leadership/file-leader.lock';
import { LeaderLock } from './leadership/leader-lock';
import { LeadershipCheck } from './leadership/leadership.check';
import { LeadershipService } from './leadership/leadership.service';
import { RedisLeaderLock } from './leadership/redis-leader.lock';
import { LocalJobEvents } from './local-job-events';
import { QueueTimings } from './queue-timings';
import { BULL_PREFIX } from './redis-address';
import { RedisConnections } from './redis-connections';
import { RedisJobEvents } from './redis-job-events';
import { RedisQueueCheck } from './redis-queue.check';
import { RedisModule } from './redis.module';
import { TranscriptionProcessor } from './transcription.processor';

export interface QueueModuleOptions {
  /** Bull on Redis, at the `redisUrl` of the settings; else the embedded queue. */
  redis: boolean;
  /** Modules that give `JobStore`, `AnswerStore`, `TermStore`, `Policy`, `Clock` and `HealthRegistry`. */
  imports: ModuleMetadata['imports'];
  timings?: Partial<QueueTimings>;
  /** The module that gives the `AdminDoor`, where Bull's own view of the queue is to be served behind it. */
  board?: DynamicModule;
}

const LEADERSHIP = [Candidate, { provide: Leadership, useClass: LeadershipService }, LeadershipCheck];

/** Provides `JobQueue`, `JobEvents` and `Leadership`, all embedded or all on Redis. */
@Module({})
export class QueueModule {
  static register(options: QueueModuleOptions): DynamicModule {
    const timings = new QueueTimings(options.timings);
    const parts = options.redis ? onRedis(timings, options.board) : embedded(timings);
    return {
      module: QueueModule,
      imports: [...(options.imports ?? []), ...parts.imports],
      providers: [LaneTables, LocalJobEvents, ...LEADERSHIP, ...parts.providers],
      exports: [JobQueue, JobEvents, Leadership],
    };
  }
}

type Parts = Required<Pick<ModuleMetadata, 'imports' | 'providers'>>;

function embedded(timings: QueueTimings): Parts {
  return {
    imports: [],
    providers: [
      { provide: QueueTimings, useValue: timings },
      { provide: JobQueue, useClass: EmbeddedJobQueue },
      { provide: JobEvents, useExisting: LocalJobEvents },
      { provide: LeaderLock, useClass: FileLeaderLock },
      EmbeddedQueueCheck,
    ],
  };
}

function onRedis(timings: QueueTimings, door: DynamicModule | undefined): Parts {
  // One and the same object, for Nest tells dynamic modules apart by it.
  const redis = RedisModule.with(timings);
  const lanes = LANES.map((name): BullModuleAsyncOptions => ({
    name,
    imports: [redis],
    inject: [RedisConnections],
    useFactory: (connections: RedisConnections) => bullOptions(connections, timings),
  }));
  return {
    imports: [redis, ...(door ? [door] : []), BullModule.registerQueueAsync(...lanes)],
    providers: [
      TranscriptionProcessor,
      DeliveryProcessor,
      BullLanes,
      { provide: JobQueue, useClass: BullJobQueue },
      { provide: JobEvents, useClass: RedisJobEvents },
      { provide: LeaderLock, useClass: RedisLeaderLock },
      RedisQueueCheck,
      ...(door ? [QueueBoard] : []),
    ],
  };
}

function bullOptions(connections: RedisConnections, timings: QueueTimings): QueueOptions {
  return {
    prefix: BULL_PREFIX,
    createClient: (type) => connections.clientFor(type),
    // Attempts and their back-off are the job table's.
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    settings: {
      lockDuration: timings.lockMs,
      stalledInterval: timings.lockMs,
      maxStalledCount: 1,
      // Nothing is ever delayed in Bull, so it need not look for that every five seconds.
      guardInterval: 3_600_000,
      retryProcessDelay: 500,
    },
  };
}
