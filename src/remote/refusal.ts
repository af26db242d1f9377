/**
 * A refusal as the official clients of OpenAI and Anthropic throw it; without `status` the service was not reached, has
 * not answered, or broke off.
 */
export interface Refusal extends Error {
  status?: number;
  code?: string | null;
  param?: string | null;
  type?: string | null;
  /** Anthropic's stable name of the cause. */
  errorCode?: string | null;
  /** What the service said. */
  error?: unknown;
  headers?: Headers;
}
