import type { Params } from 'nestjs-pino';
import { DestinationStream, stdTimeFunctions } from 'pino';
import { workContext } from '../core/work-context';
import { Settings } from '../settings/settings';
import { secretsOf } from '../settings/secrets';
import { serializeError } from './error-serializer';
import { logMask } from './log-mask';
import { requestLog } from './request-log';

/** How hark logs: every line says on behalf of which note it was written, and leaves through the mask. */
export function loggerParams(settings: Settings, output: DestinationStream): Params {
  return {
    pinoHttp: [
      {
        ...requestLog,
        level: settings.log.level,
        timestamp: stdTimeFunctions.isoTime,
        mixin: () => ({ ...workContext() }),
        formatters: { level: (label) => ({ level: label }) },
        serializers: { ...requestLog.serializers, err: serializeError },
        hooks: { streamWrite: logMask(secretsOf(settings)) },
      },
      output,
    ],
  };
}
