import { Module } from '@nestjs/common';
import { Phrasebook } from '../core/phrasebook';
import { I18nextPhrasebook } from './i18next.phrasebook';

/** Gives hark its words. */
@Module({
  providers: [{ provide: Phrasebook, useClass: I18nextPhrasebook }],
  exports: [Phrasebook],
})
export class LocalesModule {}
