import { SettingsError } from '../../src/settings/settings-error';

/** What is wrong with the settings that this loads. @throws Error when they are taken */
export function settingsErrorOf(load: () => unknown): SettingsError {
  try {
    load();
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error('The settings were taken');
}
