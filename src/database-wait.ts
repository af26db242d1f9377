import { setTimeout as pause } from 'node:timers/promises';
import { WaitingRoom } from './api/health/waiting-room';
import { HarkError } from './core/errors';
import { retryDelayMs } from './core/retry-delay';
import { Settings } from './settings/settings';
import { openDatabase } from './storage/open-database';

const LONGEST_MS = 5_000;

/**
 * Waits until a database server can be used: after a power cut hark may be up before it. Whoever asks meanwhile is told,
 * and so is the admin, once for each reason. False when `signal` fires before.
 *
 * @throws HarkError when waiting does not help, or the address to listen on is taken
 */
export async function databaseAnswers(settings: Settings, signal: AbortSignal): Promise<boolean> {
  // A file is there, or it never will be.
  if (!settings.databaseUrl.startsWith('postgresql:')) return !signal.aborted;
  let room: WaitingRoom | undefined;
  try {
    for (let failures = 1; !signal.aborted; failures++) {
      const reason = await whatIsWrong(settings);
      if (!reason) return !signal.aborted;
      const known = room?.reason.userMessage;
      room = await told(reason, room, settings);
      if (reason.userMessage !== known) {
        process.stderr.write(`hark waits for its database. ${reason.userMessage}\n`);
      }
      const ms = Math.min(LONGEST_MS, retryDelayMs(failures));
      await pause(ms, undefined, { signal }).catch(() => undefined);
    }
    return false;
  } finally {
    await room?.close();
  }
}

/** Undefined when all is well. @throws HarkError that only an admin can mend */
async function whatIsWrong({ databaseUrl, databasePoolSize }: Settings): Promise<HarkError | undefined> {
  try {
    await (await openDatabase(databaseUrl, { poolSize: databasePoolSize })).close();
    return undefined;
  } catch (error) {
    if (error instanceof HarkError && error.retryable) return error;
    throw error;
  }
}

async function told(reason: HarkError, room: WaitingRoom | undefined, { port, host }: Settings) {
  if (room) {
    room.reason = reason;
    return room;
  }
  const opened = new WaitingRoom(reason);
  try {
    await opened.open(port, host);
    return opened;
  } catch (cause) {
    throw addressTaken(host, port, cause);
  }
}

export function addressTaken(host: string, port: number, cause: unknown): HarkError {
  const sentence = `hark cannot listen on ${host}:${port}. Set HOST and PORT to an address that is free.`;
  return new HarkError('service_unavailable', sentence, { cause });
}
