import { ErrorCode, HarkError } from '../core/errors';
import { SettingsError } from '../settings/settings-error';

/** Exit codes of the `hark` command, after sysexits.h where it has one. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  mediaUnreadable: 65,
  unavailable: 69,
  settings: 78,
} as const;

const UNAVAILABLE: readonly ErrorCode[] = [
  'link_unreachable',
  'engine_unavailable',
  'engine_failed',
  'engine_timeout',
  'engine_crashed',
  'model_not_found',
  'model_download_failed',
  'model_corrupt',
  'service_unavailable',
  'storage_full',
];

export function exitCodeOf(error: unknown): number {
  if (error instanceof SettingsError) return EXIT.settings;
  if (!(error instanceof HarkError)) return EXIT.failed;
  return exitCodeFor(error.code);
}

function exitCodeFor(code: ErrorCode): number {
  if (UNAVAILABLE.includes(code)) return EXIT.unavailable;
  if (code.startsWith('media_') || code.startsWith('link_')) return EXIT.mediaUnreadable;
  if (code === 'language_unknown' || code === 'field_invalid' || code === 'model_unknown') return EXIT.usage;
  return code === 'settings_invalid' ? EXIT.settings : EXIT.failed;
}
