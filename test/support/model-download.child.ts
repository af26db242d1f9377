import { loadSettings } from '../../src/settings/load-settings';
import { WhisperModelStore } from '../../src/transcribers/whisper-cpp/models/whisper-model.store';

/** Downloads a model as `hark models pull` does, and reports every step. Its settings come by its environment. */
async function main(): Promise<void> {
  const settings = loadSettings();
  const never = new AbortController().signal;
  const path = await new WhisperModelStore(settings).pull(
    settings.whisper.model,
    never,
    ({ receivedBytes }) => process.send?.({ receivedBytes }),
  );
  process.send?.({ path });
}

void main().then(() => process.disconnect());
