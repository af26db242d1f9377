import { Type } from '@nestjs/common';
import { HealthCheck } from '../core/health-check';
import { Transcriber } from '../core/transcriber';

/** One way to have audio read. */
export interface BackEnd {
  /** As in the `TRANSCRIBERS` setting. */
  name: string;
  module: Type;
  /** Exported by the module, like the next. */
  transcriber: Type<Transcriber>;
  /** Looks at what the back end needs; it is asked only where the settings name the back end. */
  health: Type<HealthCheck>;
}
