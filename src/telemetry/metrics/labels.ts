import { ERROR_CODES } from '../../core/errors';

/** Every label has few values, all known beforehand, so that each series is there from the start, at 0. */
export const PLATFORMS = ['discord', 'slack', 'api', 'cli'] as const;
export const OUTCOMES = ['speech', 'no_speech', 'music', 'failed', 'cancelled'] as const;
export const STAGES = ['wait', 'download', 'decode', 'engine', 'deliver'] as const;
/** What a note can be refused for before it is stored. */
export const REFUSALS = ERROR_CODES.filter((code) =>
  /^(quota_|media_(too_(large|long)|empty|is_html|unsupported)|link_(invalid|refused)|speaker_|asker_)/.test(
    code,
  ),
);
export const STAGE_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800];
export const WHOLE_BUCKETS = [0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 900, 3_600];
/** Seconds that the engine needs for one of audio. */
export const FACTOR_BUCKETS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 5];

export type Stage = (typeof STAGES)[number];
export const LIMITED_PLATFORMS = ['discord', 'slack'] as const;
export const REPLACEMENTS = ['died', 'hung', 'grown'] as const;
