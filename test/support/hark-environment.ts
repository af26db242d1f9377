import { childEnvironment } from '../../src/settings/child-environment';

/** What the tests' start-up provides, and what whoever runs them may want to tell Node. */
const KEPT = ['WHISPER_SERVER_BIN', 'NODE_OPTIONS'];

/**
 * What a service of the tests finds around it. Nothing else is passed on: a database or a token of whoever runs them is
 * not theirs. Nor is their `.env`, so such a service has to run in a folder of its own.
 */
export function harkEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const kept = KEPT.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...childEnvironment(env), ...Object.fromEntries(kept) };
}
