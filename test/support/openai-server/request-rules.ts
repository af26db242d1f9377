import { pcmOf } from './wav-file';
import { ServiceRefusal } from './refusal';

export type Endpoint = 'transcriptions' | 'translations';

/** A request that is right in every respect. */
export interface AudioRequest {
  endpoint: Endpoint;
  /** All fields but the file; lists by their name with brackets. */
  fields: Record<string, string[]>;
  samples: Int16Array;
}

/** What the service can be asked, by model. */
export interface ModelTraits {
  /** `verbose_json` with times; otherwise only `json`, with the tokens' probabilities if they are asked for. */
  verbose: boolean;
  words: boolean;
  translates: boolean;
}

const ONCE = ['model', 'language', 'prompt', 'response_format', 'temperature'];
const FIELDS: Record<Endpoint, ReadonlySet<string>> = {
  transcriptions: new Set(['file', ...ONCE, 'timestamp_granularities[]', 'include[]']),
  translations: new Set(['file', 'model', 'prompt', 'response_format', 'temperature']),
};
const MOST_BYTES = 25 * 1024 * 1024;
const LEAST_SECONDS = 0.1;

/** @throws ServiceRefusal for anything that OpenAI would not take */
export async function checked(
  endpoint: Endpoint,
  form: FormData,
  models: ReadonlyMap<string, ModelTraits>,
): Promise<AudioRequest> {
  const fields: Record<string, string[]> = {};
  let file: File | undefined;
  for (const [name, value] of form) {
    if (!FIELDS[endpoint].has(name)) throw refused(`Unrecognized request argument supplied: ${name}`, name);
    if (name === 'file') {
      if (typeof value === 'string' || file) throw refused('file must be one file', 'file');
      file = value;
    } else if (typeof value !== 'string') throw refused(`${name} must be text`, name);
    else (fields[name] ??= []).push(value);
  }
  for (const name of ONCE)
    if ((fields[name]?.length ?? 0) > 1) throw refused(`${name} must be given once`, name);
  if (!file) throw refused('file is required', 'file');
  if (file.size > MOST_BYTES) throw new ServiceRefusal(413, 'Maximum content size limit (26214400) exceeded');
  checkFields(fields, endpoint, traitsOf(fields.model?.[0], models));
  return { endpoint, fields, samples: await soundOf(file) };
}

function traitsOf(model: string | undefined, models: ReadonlyMap<string, ModelTraits>): ModelTraits {
  if (model === undefined) throw refused('you must provide a model parameter', 'model');
  const traits = models.get(model);
  if (traits) return traits;
  const sentence = `The model \`${model}\` does not exist or you do not have access to it.`;
  throw new ServiceRefusal(404, sentence, { code: 'model_not_found' });
}

function checkFields(fields: AudioRequest['fields'], endpoint: Endpoint, traits: ModelTraits): void {
  const format = fields.response_format?.[0] ?? 'json';
  const details = fields['timestamp_granularities[]'] ?? [];
  const include = fields['include[]'] ?? [];
  const language = fields.language?.[0];
  if (endpoint === 'translations' && !traits.translates)
    throw refused('This model does not translate.', 'model');
  if (!['json', 'text', 'srt', 'verbose_json', 'vtt'].includes(format)) {
    throw refused(`Invalid response_format ${format}`, 'response_format');
  }
  if (format !== 'json' && format !== 'text' && !traits.verbose) {
    const sentence = `response_format '${format}' is not compatible with model. Use 'json' or 'text' instead.`;
    throw new ServiceRefusal(400, sentence, { code: 'unsupported_value', param: 'response_format' });
  }
  if (details.length > 0 && (format !== 'verbose_json' || !traits.words)) {
    throw refused('timestamp_granularities is not supported here', 'timestamp_granularities');
  }
  if (details.some((detail) => detail !== 'word' && detail !== 'segment')) {
    throw refused('timestamp_granularities must be word or segment', 'timestamp_granularities');
  }
  if (
    include.length > 0 &&
    (traits.verbose || format !== 'json' || include.some((one) => one !== 'logprobs'))
  ) {
    throw refused('include is not supported here', 'include');
  }
  if (language !== undefined && !/^[a-z]{2,3}$/.test(language)) {
    throw refused(`Language '${language}' is not supported.`, 'language');
  }
}

async function soundOf(file: File): Promise<Int16Array> {
  const samples = file.name.endsWith('.wav') ? pcmOf(Buffer.from(await file.arrayBuffer())) : undefined;
  if (!samples) throw refused('Audio file might be corrupted or unsupported', 'file');
  if (samples.length / 16_000 < LEAST_SECONDS) {
    throw refused('Audio file is too short. Minimum audio length is 0.1 seconds.', 'file');
  }
  return samples;
}

function refused(message: string, param: string): ServiceRefusal {
  return new ServiceRefusal(400, message, { param });
}
