import { Injectable, Logger } from '@nestjs/common';
import { ErrorCode } from './errors';
import { TranscriptionJob } from './job';
import { LiveFacts } from './live-session';
import { TokenUse } from './summary';
import { PlatformName } from './voice-note';

/** What may be told of a job: nothing of what was said, and nobody's name. */
export type ToldJob = Pick<
  TranscriptionJob,
  'id' | 'platform' | 'status' | 'attempts' | 'outcome' | 'reused' | 'timings' | 'createdAt'
> & { media: { seconds?: number }; error?: { code: ErrorCode } };

/** What happens in this process, for whoever counts, times or writes it down. */
export type Fact =
  /** A note was stored as a new job. */
  | { type: 'received'; job: ToldJob }
  /** A note may not come in. */
  | { type: 'refused'; platform: PlatformName; code: ErrorCode }
  /** An attempt at the job has begun. */
  | { type: 'begun'; job: ToldJob }
  /** The job waits for another attempt. `why`: an error's code, or what interrupted the last one, or `retry`, or `drafted`. */
  | { type: 'queued-again'; job: ToldJob; why: string }
  /** The attempt is over, however it came: also after `queued-again`, `ended`, or nothing where the job is gone. */
  | { type: 'left'; job: ToldJob }
  /** The engine has heard a piece of the note that is being read. */
  | { type: 'heard'; seconds: number; milliseconds: number }
  /** Somebody is listened to live from now on, or not any more. */
  | { type: 'live-begun' | 'live-ended'; session: LiveFacts }
  /** The note has been read, or will not be: the job is done, failed or cancelled, or goes on to be delivered. */
  | { type: 'ended'; job: ToldJob }
  /** The answer is posted, which took so long; the job is done. */
  | { type: 'delivered'; job: ToldJob; milliseconds: number }
  /** The answer cannot be posted; the job has failed. */
  | { type: 'undelivered'; job: ToldJob; code: ErrorCode }
  /** An engine has died, hung or grown too large: another one takes its place. */
  | { type: 'engine-replaced'; why: 'died' | 'hung' | 'grown' }
  /** A back end is there, in use or not, or that has changed. */
  | { type: 'back-end'; name: string; inUse: boolean }
  /** Somebody who sums up is there, in use or not, or that has changed. */
  | { type: 'summarizer'; name: string; inUse: boolean }
  /** A summary was asked for: it was written, or there already, or came to nothing. With what it has cost. */
  | { type: 'summary'; driver: string; outcome: 'written' | 'kept' | ErrorCode; use: TokenUse }
  /** A chat platform has made hark wait. */
  | { type: 'rate-limited'; platform: PlatformName };

export type FactListener = (fact: Fact) => void;

/** Where the rooms tell what happens, and whoever watches hears it: at once, in this process only. */
@Injectable()
export class Telemetry {
  private readonly logger = new Logger(Telemetry.name);
  private readonly listeners: FactListener[] = [];

  /** To be called before the application has started (`onModuleInit`). */
  listen(listener: FactListener): void {
    this.listeners.push(listener);
  }

  /** Never throws: nothing fails because it is watched. */
  tell(fact: Fact): void {
    for (const listener of this.listeners) {
      try {
        listener(fact);
      } catch (error) {
        this.logger.warn({ err: error, fact: fact.type, msg: 'Something that happened could not be noted' });
      }
    }
  }
}
