import { Module } from '@nestjs/common';
import { HealthRegistry } from './health.registry';

/** Imported by every module that has something to say about its health, and by whoever wants to know. */
@Module({ providers: [HealthRegistry], exports: [HealthRegistry] })
export class HealthModule {}
