import { Module } from '@nestjs/common';
import { Telemetry } from './telemetry';

/** Imported by every module in which something happens that is counted, and by whoever counts. */
@Module({ providers: [Telemetry], exports: [Telemetry] })
export class FactsModule {}
