import { Type } from '@nestjs/common';
import { HealthCheck } from '../core/health-check';
import { Summarizer } from '../core/summarizer';

/** One way to have something summed up. */
export interface Driver {
  /** As in the `SUMMARIZERS` setting. */
  name: string;
  module: Type;
  /** Exported by the module, like the next. It asks once; patience and circuit breakers are put around it. */
  summarizer: Type<Summarizer>;
  /** Looks at what the driver needs; it is asked only where the settings name the driver. */
  health: Type<HealthCheck>;
}
