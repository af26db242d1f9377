import { BullModule, BullModuleAsyncOptions } from '@nestjs/bull';
import { DynamicModule, ModuleMetadata } from '@nestjs/common';
import { QueueOptions } from 'bull';
import { JobEvents } from '../core/job-events';
import { JobQueue, LANES } from '../core/job-queue';
import { QueueBoard } from './board/queue-board';
import { BullJobQueue } from './bull-job-queue.service';
import { BullLanes } from './bull-lanes';
import { DeliveryProcessor } from './delivery.processor';
import { LeaderLock } from './leadership/leader-lock';
import { RedisLeaderLock } from './leadership/redis-leader.lock';
import { QueueTimings } from './queue-timings';
import { BULL_PREFIX } from './redis-address';
import { RedisConnections } from './redis-connections';
import { RedisJobEvents } from './redis-job-events';
import { RedisQueueCheck } from './redis-queue.check';
import { RedisModule } from './redis.module';
import { TranscriptionProcessor } from './transcription.processor';

/** What the queue's module is made of. */
export type QueueParts = Required<Pick<ModuleMetadata, 'imports' | 'providers'>>;

/**
 * Bull on Redis. Nothing of it is loaded without Redis: `.swcrc` names this file among what is loaded when it is used.
 *
 * @param door the module that gives the `AdminDoor`, where Bull's own view of the queue is to be served behind it
 */
export function onRedis(timings: QueueTimings, door: DynamicModule | undefined): QueueParts {
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
