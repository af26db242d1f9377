import { conceal } from './concealment';
import { Settings } from './settings';

/** Settings for a command that only looks: no chat connection, no queue, nothing taken to work on. */
export function lookingSettings(settings: Settings): Settings {
  return changed(settings, { roles: new Set(), log: { ...settings.log, level: 'silent' } });
}

/**
 * Settings for the transcription of one file beside a service that may be running: a database of its own in
 * `scratchDir`, the embedded queue, nobody to talk to. Models and the engine are those of the service.
 */
export function oneFileSettings(settings: Settings, scratchDir: string): Settings {
  return changed(settings, {
    roles: new Set(['worker'] as const),
    databaseUrl: `sqlite:${scratchDir}/job.sqlite`,
    scratchDir,
    uploads: undefined,
    redisUrl: undefined,
    discord: undefined,
    slack: undefined,
    log: { ...settings.log, level: 'silent' },
  });
}

function changed(settings: Settings, changes: Partial<Settings>): Settings {
  return conceal<Settings>({ ...settings, ...changes }, ['adminToken', 'viewerToken', 'secretsKey']);
}
