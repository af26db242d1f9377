import { describeTranscriber } from '../../../test/contracts/transcriber.contract';
import { serverBinary, WhisperRig, whisperSettings } from '../../../test/support/whisper';

jest.setTimeout(120_000);

describe('whisper.cpp', () => {
  describeTranscriber({
    open: () => {
      const rig = new WhisperRig(whisperSettings({ WHISPER_SERVER_BIN: serverBinary() }));
      return Promise.resolve({ transcriber: rig.transcriber, close: () => rig.close() });
    },
    detects: true,
    translates: true,
  });
});
