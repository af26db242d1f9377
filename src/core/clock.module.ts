import { Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock';

/** Imported by every module that asks for the time. */
@Module({ providers: [{ provide: Clock, useClass: SystemClock }], exports: [Clock] })
export class ClockModule {}
