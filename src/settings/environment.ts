import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { SettingsError } from './settings-error';
import { withStandardNames } from './standard-names';

export type Variables = Record<string, string>;

/** What each `NODE_ENV` presumes; anything set wins over it. */
const PROFILES: Record<string, Variables> = {
  development: { LOG_LEVEL: 'debug', LOG_FORMAT: 'pretty' },
  test: { LOG_LEVEL: 'silent' },
};

export interface EnvironmentOptions {
  /** A file that must exist. Without it `.env` in `cwd` is read, if there is one; never in tests. */
  envFile?: string;
  cwd: string;
  /** Whether a person watches the output. */
  terminal: boolean;
}

/** All variables that are set: the real environment over the file over the profile. A blank one counts as not set. */
export function readEnvironment(env: NodeJS.ProcessEnv, options: EnvironmentOptions): Variables {
  const given = withStandardNames({ ...present(fileVariables(env, options)), ...present(env) });
  const watched: Variables = options.terminal ? { LOG_FORMAT: 'pretty' } : {};
  return { ...watched, ...PROFILES[given.NODE_ENV?.toLowerCase() ?? ''], ...given };
}

function fileVariables(env: NodeJS.ProcessEnv, { envFile, cwd }: EnvironmentOptions): NodeJS.Dict<string> {
  const path = resolve(cwd, envFile ?? '.env');
  if (envFile === undefined && (env.NODE_ENV === 'test' || !existsSync(path))) return {};
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch {
    throw new SettingsError([
      { name: envFile ?? '.env', problem: 'cannot be read', example: '--env-file config/production.env' },
    ]);
  }
}

function present(variables: NodeJS.Dict<string>): Variables {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === undefined || value.trim() === '' ? [] : [[name, value.trim()] as const],
    ),
  );
}
