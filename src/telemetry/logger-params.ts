import type { Params } from 'nestjs-pino';
import { stdTimeFunctions } from 'pino';
import { Settings } from '../settings/settings';
import { secretsOf } from '../settings/secrets';
import { serializeError } from './error-serializer';
import { logMask } from './log-mask';
import { LogOutput, openLogOutput } from './log-output';
import { requestLog } from './request-log';

/** How hark logs: every line leaves through the mask. */
export function loggerParams(settings: Settings, output: LogOutput): Params {
  const { level, format } = settings.log;
  return {
    pinoHttp: [
      {
        ...requestLog,
        level,
        timestamp: stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        serializers: { ...requestLog.serializers, err: serializeError },
        hooks: { streamWrite: logMask(secretsOf(settings)) },
      },
      openLogOutput(output, format),
    ],
  };
}
