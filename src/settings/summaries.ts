import { conceal } from './concealment';
import { ModelService, SummarySettings } from './settings';
import type { SettingName, SettingValues } from './settings.schema';

const NEEDED = {
  openai: ['SUMMARY_OPENAI_BASE_URL', 'SUMMARY_OPENAI_MODEL'],
  anthropic: ['SUMMARY_ANTHROPIC_API_KEY', 'SUMMARY_ANTHROPIC_MODEL'],
  demo: [],
} as const;

/** Who may sum up, and what it may cost. A driver that is not named has no service, whatever else is set. */
export function summariesOf(values: SettingValues): SummarySettings {
  const drivers = values.SUMMARIZERS ?? [];
  const named = (name: keyof typeof NEEDED, service: Partial<ModelService>): ModelService | undefined => {
    const { baseUrl, model, apiKey } = service;
    if (!drivers.includes(name) || baseUrl === undefined || model === undefined) return undefined;
    return conceal<ModelService>({ baseUrl, model, apiKey }, ['apiKey']);
  };
  return conceal<SummarySettings>({
    drivers,
    openai: named('openai', {
      baseUrl: values.SUMMARY_OPENAI_BASE_URL,
      apiKey: values.SUMMARY_OPENAI_API_KEY,
      model: values.SUMMARY_OPENAI_MODEL,
    }),
    anthropic: named('anthropic', {
      baseUrl: values.SUMMARY_ANTHROPIC_BASE_URL,
      apiKey: values.SUMMARY_ANTHROPIC_API_KEY,
      model: values.SUMMARY_ANTHROPIC_MODEL,
    }),
    userChoice: values.SUMMARY_USER_CHOICE,
    tokensPerMonth: values.SUMMARY_TOKENS_PER_MONTH,
    leastCharacters: values.SUMMARY_MIN_CHARACTERS,
    timeoutSeconds: values.SUMMARY_TIMEOUT,
  });
}

/** As the other rules over several settings. */
export function* summaryRules(values: SettingValues): Iterable<{ name: SettingName; problem: string }> {
  for (const driver of values.SUMMARIZERS ?? []) {
    for (const name of NEEDED[driver])
      if (values[name] === undefined) yield { name, problem: `is needed when SUMMARIZERS names ${driver}` };
  }
  if (values.SUMMARY_TIMEOUT < 1) yield { name: 'SUMMARY_TIMEOUT', problem: 'must be at least a second' };
}

/** What works, but an admin should know. */
export function* summaryWarnings(values: SettingValues): Iterable<string> {
  const drivers: readonly string[] = values.SUMMARIZERS ?? [];
  if (values.SUMMARY_OPENAI_BASE_URL !== undefined && !drivers.includes('openai'))
    yield 'SUMMARY_OPENAI_BASE_URL is set, but SUMMARIZERS does not name openai: nothing is sent there.';
  if (values.SUMMARY_ANTHROPIC_API_KEY !== undefined && !drivers.includes('anthropic'))
    yield 'SUMMARY_ANTHROPIC_API_KEY is set, but SUMMARIZERS does not name anthropic: nothing is sent there.';
}
