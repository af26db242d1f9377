import { BackEnd } from './back-end';
import { OpenAiHealth } from './openai/openai.health';
import { OpenAiModule } from './openai/openai.module';
import { OpenAiTranscriber } from './openai/openai.transcriber';
import { WhisperCppHealth } from './whisper-cpp/whisper-cpp.health';
import { WhisperCppModule } from './whisper-cpp/whisper-cpp.module';
import { WhisperCppTranscriber } from './whisper-cpp/whisper-cpp.transcriber';

/** Every back end there is: one line each. */
export const BACK_ENDS: readonly BackEnd[] = [
  {
    name: 'whisper-cpp',
    module: WhisperCppModule,
    transcriber: WhisperCppTranscriber,
    health: WhisperCppHealth,
  },
  { name: 'openai', module: OpenAiModule, transcriber: OpenAiTranscriber, health: OpenAiHealth },
];
