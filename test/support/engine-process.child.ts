import { samplesOf } from './notes';
import { serverBinary, WhisperRig, whisperSettings } from './whisper';

/** A hark of its own with a running engine; reports the engine's process number and then only waits. */
async function main(): Promise<void> {
  const rig = new WhisperRig(whisperSettings({ WHISPER_SERVER_BIN: serverBinary() }));
  await rig.hear(samplesOf('03-de.ogg'));
  process.send?.({ pid: rig.enginePid, dataDir: rig.settings.dataDir });
  process.on('message', () => undefined);
}

void main();
