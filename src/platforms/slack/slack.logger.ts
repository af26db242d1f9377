import { Logger as NestLogger } from '@nestjs/common';
import { Logger, LogLevel } from '@slack/bolt';

/**
 * Slack's libraries write into hark's log. Their debug lines hold what people said and are left out; what they call
 * information is of no interest to an admin.
 */
export function slackLogger(name: string): Logger {
  const log = new NestLogger(name);
  const text = (parts: unknown[]): string => parts.map(String).join(' ');
  return {
    debug: () => undefined,
    info: (...parts: unknown[]) => log.debug(text(parts)),
    warn: (...parts: unknown[]) => log.warn(text(parts)),
    error: (...parts: unknown[]) => log.error(text(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
