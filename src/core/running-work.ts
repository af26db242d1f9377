import { Injectable, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { lengthySlots, slotsOfOne } from './fair-share';
import { Interruption } from './interruption';
import { TranscriptionJob } from './job';
import { JobEvents } from './job-events';
import { Policy } from './policy';

/**
 * The attempts that run in this process, so that a cancellation from any process reaches them, and so that lengthy ones
 * leave room for short ones.
 */
@Injectable()
export class RunningWork implements OnModuleInit, OnModuleDestroy {
  private readonly controllers = new Map<string, AbortController>();
  /** Whose they are, by their ids. */
  private readonly lengthy = new Map<string, string>();
  /** Those that only improve a draft. */
  private readonly improving = new Set<string>();
  /** How many notes had come in when each was begun. */
  private readonly begunAt = new Map<string, number>();
  private arrivals = 0;
  private unsubscribe = (): void => undefined;

  constructor(
    private readonly events: JobEvents,
    private readonly policy: Policy,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = this.events.subscribe((event) => {
      if (event.type === 'status' && event.status === 'queued' && event.first) this.makeWay();
      const ended = event.type === 'erased' || (event.type === 'status' && event.status === 'cancelled');
      if (ended) this.controllers.get(event.jobId)?.abort(new Interruption('cancelled'));
    });
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  /** Nothing is being read here, but perhaps a draft improved. */
  get isIdle(): boolean {
    return this.controllers.size === this.improving.size;
  }

  begin(id: string): AbortController {
    const controller = new AbortController();
    this.controllers.set(id, controller);
    this.begunAt.set(id, this.arrivals);
    return controller;
  }

  /** The attempt only improves a draft: it gives way as soon as a note comes in. */
  beganImproving(id: string): void {
    this.improving.add(id);
    if (this.begunAt.get(id) !== this.arrivals) this.makeWay();
  }

  /** The job was begun as lengthy: the queue sees to it that no more of those begin than may. */
  beganLengthy(job: TranscriptionJob): void {
    this.lengthy.set(job.id, requesterOf(job));
  }

  isLengthy(id: string): boolean {
    return this.lengthy.has(id);
  }

  /** The job turns out lengthy. False when as much of that runs here as may, of all or of its requester. */
  lengthen(job: TranscriptionJob): boolean {
    if (this.lengthy.has(job.id)) return true;
    const most = lengthySlots(this.policy.slots.transcription ?? 1);
    const own = [...this.lengthy.values()].filter((requester) => requester === requesterOf(job));
    if (this.lengthy.size >= most || own.length >= slotsOfOne(most)) return false;
    this.lengthy.set(job.id, requesterOf(job));
    return true;
  }

  end(id: string, controller: AbortController): void {
    if (this.controllers.get(id) !== controller) return;
    this.controllers.delete(id);
    this.lengthy.delete(id);
    this.improving.delete(id);
    this.begunAt.delete(id);
  }

  /** A note is to be read that nobody is to wait for: what only improves drafts stops, to be gone on with later. */
  makeWay(): void {
    this.arrivals += 1;
    for (const id of this.improving) this.controllers.get(id)?.abort(new Interruption('yielded'));
  }
}

function requesterOf({ platform, requester }: TranscriptionJob): string {
  return JSON.stringify([platform, requester.id]);
}
