import { Type } from '@nestjs/common';
import { Transcriber } from '../core/transcriber';

/** One way to have audio read. */
export interface BackEnd {
  /** As in the `TRANSCRIBERS` setting. */
  name: string;
  module: Type;
  /** Exported by the module. */
  transcriber: Type<Transcriber>;
}
