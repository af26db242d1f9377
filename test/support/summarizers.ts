import { Test } from '@nestjs/testing';
import { Clock } from '../../src/core/clock';
import { HealthRegistry } from '../../src/core/health.registry';
import { Summarizer, Summarizers, SummaryRequest } from '../../src/core/summarizer';
import { TokenUse, NO_TOKENS, together } from '../../src/core/summary';
import { loadSettings } from '../../src/settings/load-settings';
import { SettingsModule } from '../../src/settings/settings.module';
import { SummarizerTimings } from '../../src/summarizers/summarizer-timings';
import { SummarizersModule } from '../../src/summarizers/summarizers.module';
import { ChatCompletionsServer } from './language-models/chat-completions-server';
import { MessagesServer } from './language-models/messages-server';

/** Waits that nobody has to sit through. */
export const HURRIED: Pick<SummarizerTimings, 'requestMs' | 'retries' | 'pauseMs'> = {
  requestMs: 20_000,
  retries: { most: 2, firstMs: 1, longestMs: 2_000 },
  pauseMs: { first: 60_000, longest: 120_000 },
};

/** The settings for these services. */
export function summarySettings(services: {
  openai?: ChatCompletionsServer;
  anthropic?: MessagesServer;
}): Record<string, string> {
  const { openai, anthropic } = services;
  return {
    SUMMARIZERS: [openai && 'openai', anthropic && 'anthropic', 'demo'].filter(Boolean).join(','),
    ...(openai && {
      SUMMARY_OPENAI_BASE_URL: openai.url,
      SUMMARY_OPENAI_API_KEY: openai.key,
      SUMMARY_OPENAI_MODEL: openai.model,
    }),
    ...(anthropic && {
      SUMMARY_ANTHROPIC_BASE_URL: anthropic.url,
      SUMMARY_ANTHROPIC_API_KEY: anthropic.key,
      SUMMARY_ANTHROPIC_MODEL: anthropic.model,
    }),
  };
}

export interface OpenSummarizers {
  named(name: string): Summarizer;
  health: HealthRegistry;
  close(): Promise<void>;
}

/** The summarizers as the service has them, put together by their own module. */
export async function openSummarizers(
  env: Record<string, string>,
  { timings = {}, clock }: { timings?: Partial<typeof HURRIED>; clock?: Clock } = {},
): Promise<OpenSummarizers> {
  const settings = loadSettings({ NODE_ENV: 'test', ...env });
  let building = Test.createTestingModule({ imports: [SettingsModule.of(settings), SummarizersModule] })
    .overrideProvider(SummarizerTimings)
    .useValue({ ...HURRIED, ...timings });
  if (clock) building = building.overrideProvider(Clock).useValue(clock);
  const module = await (await building.compile()).init();
  const { all } = module.get(Summarizers, { strict: false });
  return {
    named: (name) => {
      const found = all.find((one) => one.name === name);
      if (!found) throw new Error(`There is no ${name}.`);
      return found;
    },
    health: module.get(HealthRegistry, { strict: false }),
    close: () => module.close(),
  };
}

/** All that comes of one question. @param text what was said before it failed, too */
export async function summaryOf(
  summarizer: Summarizer,
  request: SummaryRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ text: string; pieces: number; use: TokenUse; error?: unknown }> {
  const heard = { text: '', pieces: 0, use: NO_TOKENS };
  const hear = (piece: { text: string } | { use: TokenUse }): void => {
    if ('use' in piece) heard.use = together(heard.use, piece.use);
    else {
      heard.text += piece.text;
      heard.pieces += 1;
    }
  };
  try {
    await summarizer.summarize(request, hear, signal);
    return heard;
  } catch (error) {
    return { ...heard, error };
  }
}
