import { Clock, SystemClock } from '../../src/core/clock';
import { loadSettings } from '../../src/settings/load-settings';
import { OpenAiAccess } from '../../src/transcribers/openai/openai-access';
import { OpenAiLimits } from '../../src/transcribers/openai/openai-limits';
import { OpenAiProbe } from '../../src/transcribers/openai/openai-probe';
import { OpenAiService } from '../../src/transcribers/openai/openai-service';
import { OpenAiTranscriber } from '../../src/transcribers/openai/openai.transcriber';

/** The back end for a service at this address, put together as the module does. */
export function openAiTranscriber(
  url: string,
  model: string,
  key?: string,
  { clock = new SystemClock(), limits = new OpenAiLimits() }: { clock?: Clock; limits?: OpenAiLimits } = {},
): OpenAiTranscriber {
  const settings = loadSettings({
    NODE_ENV: 'test',
    TRANSCRIBERS: 'openai',
    OPENAI_BASE_URL: url,
    OPENAI_MODEL: model,
    ...(key !== undefined && { OPENAI_API_KEY: key }),
  });
  const access = new OpenAiAccess(settings);
  return new OpenAiTranscriber(access, new OpenAiService(access, limits, clock), new OpenAiProbe(access));
}
