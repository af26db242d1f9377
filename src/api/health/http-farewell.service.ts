import { once } from 'node:events';
import { Server } from 'node:http';
import { BeforeApplicationShutdown, Injectable, OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { HealthCheck, HealthReport } from '../../core/health-check';
import { HealthRegistry } from '../../core/health.registry';

/** For calls that are being answered; a file that is still on its way was not accepted, and is sent again. */
const GRACE_MS = 1_000;

/** Ends the server in order: whoever distributes calls is told first, and nobody can hold it open. */
@Injectable()
export class HttpFarewellService extends HealthCheck implements OnModuleDestroy, BeforeApplicationShutdown {
  readonly name = 'process';

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly registry: HealthRegistry,
  ) {
    super();
  }

  onModuleDestroy(): void {
    this.registry.add(this);
  }

  check(): Promise<HealthReport[]> {
    return Promise.resolve([{ name: this.name, state: 'broken', detail: 'hark is being stopped.' }]);
  }

  async beforeApplicationShutdown(): Promise<void> {
    // Applications without a server, as commands use them, have no adapter.
    const server = this.host.httpAdapter?.getHttpServer() as Server | undefined;
    if (!server?.listening) return;
    const closed = once(server, 'close');
    server.close();
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    await closed;
    clearTimeout(timer);
  }
}
