import { Module } from '@nestjs/common';
import { Policy } from './core/policy';
import { SettingsPolicy } from './policy';

/** The admin's decisions, for the core to follow. */
@Module({ providers: [{ provide: Policy, useClass: SettingsPolicy }], exports: [Policy] })
export class PolicyModule {}
