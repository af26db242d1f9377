import { DynamicModule, Module } from '@nestjs/common';
import { QueueTimings } from './queue-timings';
import { RedisConnections } from './redis-connections';

/** The connections to Redis, shared by the queue's lanes and the events. */
@Module({})
export class RedisModule {
  static with(timings: QueueTimings): DynamicModule {
    return {
      module: RedisModule,
      providers: [RedisConnections, { provide: QueueTimings, useValue: timings }],
      exports: [RedisConnections, QueueTimings],
    };
  }
}
