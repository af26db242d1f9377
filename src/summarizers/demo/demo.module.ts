import { Module } from '@nestjs/common';
import { DemoHealth } from './demo.health';
import { DemoSummarizer } from './demo.summarizer';

@Module({ providers: [DemoHealth, DemoSummarizer], exports: [DemoHealth, DemoSummarizer] })
export class DemoModule {}
