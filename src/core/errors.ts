/**
 * Every code that a person or a program can meet. Codes are part of the API: they may be added, never renamed.
 */
export const ERROR_CODES = [
  // what was sent
  'media_empty',
  'media_truncated',
  'media_is_html',
  'media_too_short',
  'media_no_audio',
  'media_duration_mismatch',
  'media_unsupported',
  'media_too_large',
  'media_too_long',
  'media_decode_failed',
  'media_decode_timeout',
  'media_gone',
  'link_invalid',
  'link_refused',
  'link_unreachable',
  'link_not_found',
  'link_failed',
  'language_unknown',
  'field_invalid',
  'json_malformed',
  // who asked
  'unauthorized',
  'forbidden',
  'quota_jobs_per_hour',
  'quota_audio_minutes',
  'quota_place_jobs_per_hour',
  'quota_place_audio_minutes',
  'note_erased',
  'speaker_opted_out',
  'asker_not_allowed',
  'too_many_requests',
  // jobs
  'job_not_found',
  'job_state_conflict',
  'job_lost',
  'transcript_not_ready',
  // glossary and corrections
  'term_invalid',
  'glossary_full',
  'fix_not_allowed',
  'fix_outdated',
  'fix_too_long',
  'idempotency_conflict',
  'cancelled',
  // engine and models
  'engine_unavailable',
  'engine_failed',
  'engine_timeout',
  'engine_crashed',
  'model_unknown',
  'model_not_found',
  'model_download_failed',
  'model_corrupt',
  // what is said live
  'live_off',
  'live_busy',
  'live_idle',
  // summaries
  'summaries_off',
  'summary_under_way',
  'summary_refused',
  'summary_too_long',
  'summary_tokens_used',
  'summarizer_unavailable',
  'summarizer_busy',
  'summarizer_timeout',
  'summarizer_failed',
  // webhooks
  'webhook_not_found',
  'webhook_limit',
  // chat platforms
  'message_gone',
  'channel_gone',
  'permission_missing',
  'scope_missing',
  'interaction_expired',
  'platform_unavailable',
  // the service
  'not_found',
  'settings_invalid',
  'service_unavailable',
  'storage_full',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Values that the sentence of an error names, for translation of the sentence. */
export type ErrorParams = Record<string, string | number>;

export interface HarkErrorOptions {
  /** True when the same work may succeed later without anybody changing anything. */
  retryable?: boolean;
  /** Earliest sensible time of another attempt, for instance from a `Retry-After` header. */
  retryAt?: Date;
  /** Values the sentence names. */
  params?: ErrorParams;
  /** What went wrong underneath. Goes to the log, never to a user. */
  cause?: unknown;
}

/** The one error family: a stable code for programs and one clear sentence for the person who caused it. */
export class HarkError extends Error {
  readonly retryable: boolean;
  readonly retryAt?: Date;
  readonly params: ErrorParams;

  constructor(
    readonly code: ErrorCode,
    /** One sentence in English, safe to show to anybody: no secrets, no paths, no stack. */
    readonly userMessage: string,
    options: HarkErrorOptions = {},
  ) {
    super(`${code}: ${userMessage}`, { cause: options.cause });
    this.name = 'HarkError';
    this.retryable = options.retryable ?? false;
    this.retryAt = options.retryAt;
    this.params = options.params ?? {};
  }

  /** Any thrown value as a `HarkError`; what is unknown becomes a retryable `internal` with the cause kept. */
  static from(error: unknown): HarkError {
    if (error instanceof HarkError) return error;
    return new HarkError(
      'internal',
      'Something went wrong inside hark. The administrator finds the cause in the log.',
      {
        retryable: true,
        cause: error,
      },
    );
  }
}
