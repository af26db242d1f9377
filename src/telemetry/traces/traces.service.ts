import { Injectable, Logger, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Telemetry } from '../../core/telemetry';
import { Settings } from '../../settings/settings';
import { NoteTraces } from './note-traces';
import { Tracing, openTracing } from './tracing';

/** A receiver that does not answer must not hold up the end. */
const LAST_WORDS_MS = 2_000;

/** Sends a trace of each note where OpenTelemetry's standard variables say where to. */
@Injectable()
export class TracesService implements OnModuleInit, OnApplicationShutdown {
  private tracing?: Tracing;

  constructor(
    private readonly settings: Settings,
    private readonly telemetry: Telemetry,
  ) {}

  async onModuleInit(): Promise<void> {
    const { tracing, roles } = this.settings;
    if (!tracing || roles.size === 0) return;
    this.tracing = await openTracing(tracing);
    const traces = new NoteTraces(this.tracing);
    this.telemetry.listen((fact) => traces.note(fact));
    new Logger('Traces').log(`Each note's trace is sent by ${tracing.protocol}`);
  }

  async onApplicationShutdown(): Promise<void> {
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, LAST_WORDS_MS);
    await Promise.race([this.tracing?.provider.shutdown().catch(() => undefined), late.promise]);
    clearTimeout(timer);
  }
}
