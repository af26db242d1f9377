import { PlatformName } from './voice-note';

/** Whose use, and where; of the fields that are there all must fit. */
export interface UsageScope {
  platform: PlatformName;
  user?: string;
  server?: string;
  channel?: string;
}
