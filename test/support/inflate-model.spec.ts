import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from '../../src/core/transcript';
import { DEMO_PATH } from '../../src/transcribers/whisper-cpp/models/bundled-model';
import { readGgml, writeGgml } from './ggml-model';
import { inflate } from './inflate-model';
import { NOTES, samplesOf } from './notes';
import { serverBinary, WhisperRig, whisperSettings } from './whisper';

jest.setTimeout(120_000);

describe('a model blown up to the size of a stock one', () => {
  const micro = readGgml(readFileSync(DEMO_PATH));

  it('reads and writes the model as it is', () => {
    expect(writeGgml(micro, 'q8_0').equals(readFileSync(DEMO_PATH))).toBe(true);
  });

  it('has the header and the bytes of the stock model', () => {
    const base = inflate(micro, 'base');
    expect(base.header).toMatchObject({
      audioState: 512,
      audioHeads: 8,
      audioLayers: 6,
      textLayers: 6,
      mels: 80,
    });
    const layers = [...base.tensors.keys()].filter((name) => name.endsWith('.mlp.0.weight'));
    expect(layers).toHaveLength(12);
  });

  it('says the same words', async () => {
    const settings = whisperSettings({ WHISPER_SERVER_BIN: serverBinary() });
    const path = join(settings.dataDir, 'base.bin');
    writeFileSync(path, writeGgml(inflate(micro, 'base'), 'q8_0'));
    const rig = new WhisperRig({ ...settings, whisper: { ...settings.whisper, model: path } });
    try {
      for (const { file, language, text } of NOTES.slice(0, 6)) {
        expect(textOf(await rig.hear(samplesOf(file), { language }))).toBe(text);
      }
    } finally {
      await rig.close();
    }
  });
});
