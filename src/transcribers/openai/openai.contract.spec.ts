import { CONTRACT_NOTES, describeTranscriber } from '../../../test/contracts/transcriber.contract';
import { openAiTranscriber } from '../../../test/support/openai-rig';
import { OpenAiServer } from '../../../test/support/openai-server/openai-server';
import { knowing } from '../../../test/support/openai-server/spoken';
import { WhisperServer } from '../../../test/support/whisper-server';

jest.setTimeout(120_000);

const KEY = 'sk-of-the-tests-0123456789';

describe('whisper.cpp’s own server, asked as OpenAI’s', () => {
  describeTranscriber({
    open: async () => {
      const server = await WhisperServer.start();
      return {
        transcriber: openAiTranscriber(`${server.url}/v1`, 'demo'),
        close: () => server.kill(),
      };
    },
    detects: true,
    translates: false,
  });
});

describe.each([
  { model: 'whisper-1', detects: true, translates: true },
  { model: 'whisper-plain', detects: true, translates: true },
  { model: 'gpt-4o-transcribe', detects: false, translates: false },
])('a strict service with $model', ({ model, detects, translates }) => {
  describeTranscriber({
    open: async () => {
      const server = await OpenAiServer.start({ key: KEY, ears: knowing(...CONTRACT_NOTES) });
      return { transcriber: openAiTranscriber(server.url, model, KEY), close: () => server.stop() };
    },
    detects,
    translates,
  });
});
