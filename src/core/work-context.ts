import { AsyncLocalStorage } from 'node:async_hooks';
import { Answer } from './answer';
import { PlatformName } from './voice-note';

/** On whose behalf something is done, so that whatever is said meanwhile, however deep, is found by the job's id. */
export interface WorkContext {
  jobId?: string;
  /** Where one answer shows several. */
  jobIds?: readonly string[];
  platform?: PlatformName;
  stage: 'reading' | 'showing' | 'delivering' | 'telling';
}

const current = new AsyncLocalStorage<WorkContext>();

/** Does `work`, and all that follows from it, on somebody's behalf. */
export function workingFor<T>(context: WorkContext, work: () => T): T {
  return current.run(context, work);
}

/** Of work at an answer: on behalf of the note that it shows, or of all of them. */
export function contextOfAnswer({ address, parts }: Answer, stage: WorkContext['stage']): WorkContext {
  const jobIds = parts.map(({ job: { id } }) => id);
  const whose = jobIds.length === 1 ? { jobId: jobIds[0] } : { jobIds };
  return { ...whose, platform: address.platform, stage };
}

/** Undefined outside of any note's way. */
export function workContext(): WorkContext | undefined {
  return current.getStore();
}

/** Begins what serves everybody and goes on by itself: it belongs to no note and no request, whoever has caused it. */
export const forEverybody: <T>(work: () => T) => T = AsyncLocalStorage.snapshot();
