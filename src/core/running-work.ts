import { Injectable, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { lengthySlots } from './fair-share';
import { Interruption } from './interruption';
import { JobEvents } from './job-events';
import { Policy } from './policy';

/**
 * The attempts that run in this process, so that a cancellation from any process reaches them, and so that lengthy ones
 * leave room for short ones.
 */
@Injectable()
export class RunningWork implements OnModuleInit, OnModuleDestroy {
  private readonly controllers = new Map<string, AbortController>();
  private readonly lengthy = new Set<string>();
  private unsubscribe = (): void => undefined;

  constructor(
    private readonly events: JobEvents,
    private readonly policy: Policy,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = this.events.subscribe((event) => {
      const ended = event.type === 'erased' || (event.type === 'status' && event.status === 'cancelled');
      if (ended) this.controllers.get(event.jobId)?.abort(new Interruption('cancelled'));
    });
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  begin(id: string): AbortController {
    const controller = new AbortController();
    this.controllers.set(id, controller);
    return controller;
  }

  /** The work is lengthy. False when as much of that runs here as may, this not included. */
  lengthen(id: string): boolean {
    const most = lengthySlots(this.policy.slots.transcription ?? 1);
    if (this.lengthy.size >= most && !this.lengthy.has(id)) return false;
    this.lengthy.add(id);
    return true;
  }

  end(id: string, controller: AbortController): void {
    if (this.controllers.get(id) !== controller) return;
    this.controllers.delete(id);
    this.lengthy.delete(id);
  }
}
