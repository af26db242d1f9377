import { DynamicModule, Global, Module } from '@nestjs/common';
import { Settings } from './settings';

/** Gives every module the settings, which are loaded before the application is put together. */
@Global()
@Module({})
export class SettingsModule {
  static of(settings: Settings): DynamicModule {
    return {
      module: SettingsModule,
      providers: [{ provide: Settings, useValue: settings }],
      exports: [Settings],
    };
  }
}
