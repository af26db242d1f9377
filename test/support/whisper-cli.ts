import { resolve } from 'node:path';
import { buildEngine } from '../../src/transcribers/whisper-cpp/engine/engine-builder';

/**
 * whisper.cpp's own program for files, with which hark is compared: from the engine's source, built as the engine is
 * and kept beside it. The first time that takes minutes.
 */
export function whisperCli(): Promise<string> {
  return buildEngine({ program: 'whisper-cli', targetDir: resolve('data/engine') });
}
