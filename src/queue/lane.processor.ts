import { OnQueueCompleted, OnQueueError, OnQueueFailed, OnQueueStalled } from '@nestjs/bull';
import { Logger } from '@nestjs/common';
import { Job, Queue } from 'bull';
import { HandedOut } from './bull-outlet';

/** Takes ids of one lane from Bull and hands them on; it has no logic of its own. */
export abstract class LaneProcessor {
  private readonly logger = new Logger('Queue');
  private freed = (): void => undefined;

  constructor(readonly queue: Queue<HandedOut>) {
    // Connections have names already; and its own attempt to give them one goes unwatched, and would end the process
    // when Redis is not there.
    queue.setWorkerName = () => Promise.resolve();
  }

  /**
   * Begins to take ids, so many at a time, as the roles of this process want it.
   *
   * @param freed called whenever Bull has let go of an id
   */
  consume(slots: number, take: (id: string) => Promise<void>, freed: () => void): void {
    this.freed = freed;
    this.queue.on('lock-extension-failed', ({ data }: Job<HandedOut>, err: Error) =>
      this.logger.warn({ err, msg: 'Bull may hand this id out again while it is worked on', id: data.id }),
    );
    this.queue.process(slots, ({ data }) => take(data.id)).catch((error: Error) => this.onError(error));
  }

  @OnQueueCompleted()
  onCompleted(): void {
    this.freed();
  }

  @OnQueueFailed()
  onFailed(): void {
    this.freed();
  }

  /** Another worker, or this one, gets the id; whoever holds the job in the table keeps it. */
  @OnQueueStalled()
  onStalled({ data }: Job<HandedOut>): void {
    this.logger.warn({ msg: 'A worker went silent; its id is handed out again', id: data.id });
  }

  /** A lost connection is reported elsewhere; besides, ids that a flushed Redis has forgotten end up here. */
  @OnQueueError()
  onError(err: Error): void {
    this.logger.debug({ err, msg: 'Bull reports' });
    this.freed();
  }
}
