import { BackEnd } from './back-end';
import { WhisperCppModule } from './whisper-cpp/whisper-cpp.module';
import { WhisperCppTranscriber } from './whisper-cpp/whisper-cpp.transcriber';

/** Every back end there is: one line each. */
export const BACK_ENDS: readonly BackEnd[] = [
  { name: 'whisper-cpp', module: WhisperCppModule, transcriber: WhisperCppTranscriber },
];
