import { ErrorCode } from '../../core/errors';

/** Close codes of WebSockets: RFC 6455, 7.4, and those from 4400 on are hark's own, like statuses of HTTP. */
const CODES: Partial<Record<ErrorCode, number>> = {
  json_malformed: 4400,
  field_invalid: 4400,
  language_unknown: 4400,
  media_decode_failed: 4400,
  live_idle: 4408,
  media_too_large: 4413,
  media_too_long: 4413,
  too_many_requests: 4429,
  service_unavailable: 1001,
};
export const NORMAL = 1000;
const INTERNAL = 1011;

export function closeCodeOf(code: ErrorCode): number {
  return CODES[code] ?? INTERNAL;
}
