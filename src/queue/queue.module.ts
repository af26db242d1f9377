import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { JobEvents } from '../core/job-events';
import { JobQueue } from '../core/job-queue';
import { Leadership } from '../core/leadership';
import { QueueParts, onRedis } from './bull-parts';
import { EmbeddedJobQueue } from './embedded-job-queue.service';
import { EmbeddedQueueCheck } from './embedded-queue.check';
import { LaneTables } from './lane-tables';
import { Candidate } from './leadership/candidate';
import { FileLeaderLock } from './leadership/file-leader.lock';
import { LeaderLock } from './leadership/leader-lock';
import { LeadershipCheck } from './leadership/leadership.check';
import { LeadershipService } from './leadership/leadership.service';
import { LocalJobEvents } from './local-job-events';
import { QueueTimings } from './queue-timings';

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

function embedded(timings: QueueTimings): QueueParts {
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
