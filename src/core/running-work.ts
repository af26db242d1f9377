import { Injectable, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Interruption } from './interruption';
import { JobEvents } from './job-events';

/** The attempts that run in this process, so that a cancellation from any process reaches them. */
@Injectable()
export class RunningWork implements OnModuleInit, OnModuleDestroy {
  private readonly controllers = new Map<string, AbortController>();
  private unsubscribe = (): void => undefined;

  constructor(private readonly events: JobEvents) {}

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

  end(id: string, controller: AbortController): void {
    if (this.controllers.get(id) === controller) this.controllers.delete(id);
  }
}
