import type { Params } from 'nestjs-pino';
import { stdTimeFunctions } from 'pino';
import { workContext } from '../core/work-context';
import { Settings } from '../settings/settings';
import { secretsOf } from '../settings/secrets';
import { serializeError } from './error-serializer';
import { logMask } from './log-mask';
import { LogOutput, openLogOutput } from './log-output';
import { requestLog } from './request-log';

/** How hark logs: every line says on behalf of which note it was written, and leaves through the mask. */
export function loggerParams(settings: Settings, output: LogOutput): Params {
  const { level, format } = settings.log;
  return {
    pinoHttp: [
      {
        ...requestLog,
        level,
        timestamp: stdTimeFunctions.isoTime,
        mixin: () => ({ ...workContext() }),
        formatters: { level: (label) => ({ level: label }) },
        serializers: { ...requestLog.serializers, err: serializeError },
        hooks: { streamWrite: logMask(secretsOf(settings)) },
      },
      openLogOutput(output, format),
    ],
  };
}
