import { textOf } from '../../core/transcript';
import { NOTES, samplesOf } from '../../../test/support/notes';
import { serverBinary, WhisperRig, whisperSettings } from '../../../test/support/whisper';

jest.setTimeout(120_000);

describe('the sample notes, word for word', () => {
  const rig = new WhisperRig(whisperSettings({ WHISPER_SERVER_BIN: serverBinary() }));
  afterAll(() => rig.close());

  it.each(NOTES)('$file in the language it is told', async ({ file, language, text }) => {
    expect(textOf(await rig.hear(samplesOf(file), { language }))).toBe(text);
  });

  it.each(NOTES)('$file in the language it finds out', async ({ file, language, text }) => {
    const segments = await rig.hear(samplesOf(file));
    expect(textOf(segments)).toBe(text);
    expect(new Set(segments.map((segment) => segment.language))).toEqual(new Set([language]));
  });

  it.each(NOTES.filter(({ english }) => english !== undefined))('$file in English', async (note) => {
    const segments = await rig.hear(samplesOf(note.file), { translate: true });
    expect(textOf(segments)).toBe(note.english);
    expect(segments.map(({ language }) => language)).toEqual(segments.map(() => 'de'));
  });
});
