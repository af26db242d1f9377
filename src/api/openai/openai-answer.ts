import { LANGUAGES } from '../../core/languages';
import { Transcript } from '../../core/transcript';
import { formatTranscript } from '../../core/transcript-formats';
import { TranscriptTask, toVerboseJson } from '../../core/verbose-json';
import { Granularity, ResponseFormat } from './openai-audio.request';

/** How the words are wanted. */
export interface OpenAiWish {
  task: TranscriptTask;
  format: ResponseFormat;
  granularities: readonly Granularity[];
}

/** A body and what it is. */
export interface OpenAiAnswer {
  type: string;
  body: string;
}

/** A transcript as OpenAI's API answers it (https://platform.openai.com/docs/api-reference/audio). */
export function openAiAnswerOf(transcript: Transcript, wish: OpenAiWish): OpenAiAnswer {
  switch (wish.format) {
    case 'json':
      return json({ text: transcript.text, usage: usageOf(transcript) });
    case 'verbose_json':
      return json({ ...verbose(transcript, wish), usage: usageOf(transcript) });
    case 'text':
      return { type: 'text/plain', body: `${transcript.text}\n` };
    case 'srt':
      return { type: 'application/x-subrip', body: formatTranscript(transcript, 'srt') };
    case 'vtt':
      return { type: 'text/vtt', body: formatTranscript(transcript, 'vtt') };
  }
}

export function usageOf({ seconds }: Transcript): object {
  return { type: 'duration', seconds: Math.ceil(seconds) };
}

function json(body: object): OpenAiAnswer {
  return { type: 'application/json', body: JSON.stringify(body) };
}

/** OpenAI names the language by its English name. */
function verbose(transcript: Transcript, { task, granularities }: OpenAiWish): object {
  const { segments, words = [], language, ...rest } = toVerboseJson(transcript, task);
  const withSegments = granularities.length === 0 || granularities.includes('segment');
  return {
    ...rest,
    language: LANGUAGES.find(({ code }) => code === language)?.englishName.toLowerCase() ?? 'unknown',
    ...(withSegments && { segments }),
    ...(granularities.includes('word') && { words }),
  };
}
