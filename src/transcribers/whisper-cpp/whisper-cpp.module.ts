import { Module } from '@nestjs/common';
import { FactsModule } from '../../core/facts.module';
import { ModelStore } from '../../core/model-store';
import { EngineLauncher } from './engine/engine-launcher';
import { EngineLimits } from './engine/engine-limits';
import { EngineLocator } from './engine/engine-locator';
import { EnginePool } from './engine/engine-pool';
import { EngineRegister } from './engine/engine-register';
import { WhisperModelStore } from './models/whisper-model.store';
import { WhisperCppHealth } from './whisper-cpp.health';
import { WhisperCppTranscriber } from './whisper-cpp.transcriber';

@Module({
  imports: [FactsModule],
  providers: [
    EngineLauncher,
    EngineLimits,
    EngineLocator,
    EnginePool,
    EngineRegister,
    WhisperModelStore,
    { provide: ModelStore, useExisting: WhisperModelStore },
    WhisperCppHealth,
    WhisperCppTranscriber,
  ],
  exports: [WhisperCppHealth, WhisperCppTranscriber, ModelStore],
})
export class WhisperCppModule {}
