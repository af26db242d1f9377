import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { JobEvent, JobEventListener, JobEvents } from '../core/job-events';
import { jobEventMessage } from './job-event-message';
import { LocalJobEvents } from './local-job-events';
import { RedisConnections } from './redis-connections';

/**
 * Events over Redis. Those of this process go to its listeners directly, so that an outage of Redis does not cut them
 * off; those that other processes publish meanwhile are lost, which listeners allow for.
 */
@Injectable()
export class RedisJobEvents extends JobEvents {
  private readonly logger = new Logger(JobEvents.name);
  private readonly self = randomUUID();
  /** Listeners to every process; `local` alone is for whoever wants those of this process only. */
  private readonly everywhere = new LocalJobEvents();

  constructor(
    private readonly redis: RedisConnections,
    private readonly local: LocalJobEvents,
  ) {
    super();
    redis.subscriber.on('message', (channel, message) => {
      if (channel === redis.eventsChannel) this.receive(message);
    });
    redis.subscriber.subscribe(redis.eventsChannel).catch((error: unknown) => {
      if (redis.subscriber.status !== 'end') this.logger.warn({ err: error, msg: 'Cannot listen to events' });
    });
  }

  publish(event: JobEvent): void {
    this.local.publish(event);
    this.everywhere.publish(event);
    if (!this.redis.ready) return;
    const message = JSON.stringify({ from: this.self, event });
    this.redis.commands
      .publish(this.redis.eventsChannel, message)
      .catch((error: unknown) => this.logger.debug({ err: error, msg: 'An event did not get out' }));
  }

  subscribe(listener: JobEventListener): () => void {
    return this.everywhere.subscribe(listener);
  }

  private receive(text: string): void {
    const message = jobEventMessage(text);
    if (!message)
      this.logger.warn('Something that is no event was published in the channel of events; ignored');
    else if (message.from !== this.self) this.everywhere.publish(message.event);
  }
}
