import type { z } from 'zod';
import { withoutPassword } from './concealment';
import { readEnvironment, Variables } from './environment';
import { misspeltSettings } from './misspelt-settings';
import { settingMeta } from './setting-types';
import { Settings } from './settings';
import { SettingProblem, SettingsError } from './settings-error';
import { toSettings } from './settings.mapper';
import { brokenRules, settingWarnings } from './settings.rules';
import { SETTING_NAMES, SettingName, settingsSchema } from './settings.schema';
import { tracingOf, tracingWarnings } from './tracing';

export interface LoadOptions {
  /** Path of a file to read instead of `.env`. */
  envFile?: string;
  /** Where `.env` and relative paths are looked for; the process's own directory when not given. */
  cwd?: string;
  /** Whether a person watches the output; found out when not given. */
  terminal?: boolean;
}

/** Settings that were checked, and what an admin should know about them. */
export interface LoadedSettings {
  settings: Settings;
  /** One sentence each. */
  warnings: readonly string[];
}

/**
 * Reads and checks all settings.
 *
 * @throws SettingsError that names every wrong one
 */
export function loadSettings(env: NodeJS.ProcessEnv = process.env, options: LoadOptions = {}): Settings {
  return loadSettingsAndWarnings(env, options).settings;
}

/** As `loadSettings`, with the warnings. */
export function loadSettingsAndWarnings(
  env: NodeJS.ProcessEnv = process.env,
  options: LoadOptions = {},
): LoadedSettings {
  const cwd = options.cwd ?? process.cwd();
  const terminal = options.terminal ?? process.stdout.isTTY === true;
  const variables = readEnvironment(env, { envFile: options.envFile, cwd, terminal });

  const parsed = settingsSchema.safeParse(variables);
  if (!parsed.success)
    throw new SettingsError(parsed.error.issues.map((issue) => toProblem(issue, variables)));
  const broken = brokenRules(parsed.data);
  if (broken.length > 0) {
    throw new SettingsError(broken.map((rule) => ({ ...rule, example: exampleOf(rule.name) })));
  }
  return {
    settings: toSettings(parsed.data, cwd, { searchPath: env.PATH, tracing: tracingOf(variables) }),
    warnings: [
      ...misspeltSettings(Object.keys(variables)),
      ...settingWarnings(parsed.data),
      ...tracingWarnings(variables),
    ],
  };
}

function toProblem(issue: z.core.$ZodIssue, variables: Variables): SettingProblem {
  const name = SETTING_NAMES.find((known) => known === issue.path[0]);
  if (name === undefined) throw new TypeError('An issue without a setting');
  const secret = settingMeta.get(settingsSchema.shape[name])?.secret;
  const shown = secret ? '' : `, but is "${withoutPassword(variables[name] ?? '')}"`;
  return { name, problem: `${issue.message}${shown}`, example: exampleOf(name) };
}

function exampleOf(name: SettingName): string {
  return `${name}=${settingMeta.get(settingsSchema.shape[name])?.example}`;
}
