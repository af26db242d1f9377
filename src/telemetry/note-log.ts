import { Injectable, Logger } from '@nestjs/common';
import { Fact, Telemetry, ToldJob } from '../core/telemetry';

type Line = { msg: string; stage: string } & Record<string, unknown>;

/** Writes down each stage of a note's way, so that its id tells the whole of it across processes. */
@Injectable()
export class NoteLog {
  private readonly logger = new Logger('Notes');

  constructor(telemetry: Telemetry) {
    telemetry.listen((fact) => this.note(fact));
  }

  private note(fact: Fact): void {
    if (fact.type === 'refused') {
      const { platform, code } = fact;
      this.logger.log({ platform, stage: 'refused', code, msg: 'A note was not taken in' });
    } else if (fact.type === 'live-begun' || fact.type === 'live-ended') {
      const { id: sessionId, ...session } = fact.session;
      const msg = fact.type === 'live-begun' ? 'A live session was opened' : 'A live session has ended';
      this.logger.log({ sessionId, ...session, stage: fact.type, msg });
    } else if ('job' in fact && fact.type !== 'left') {
      const { id: jobId, platform } = fact.job;
      this.logger.log({ jobId, platform, ...lineOf(fact) });
    }
  }
}

const WAITS: Partial<Record<string, string>> = { drafted: 'There is a draft of it, which is to be improved' };

function lineOf(fact: Exclude<Extract<Fact, { job: ToldJob }>, { type: 'left' }>): Line {
  const { job } = fact;
  switch (fact.type) {
    case 'received':
      return { stage: 'received', msg: 'A note came in' };
    case 'begun':
      return { stage: 'begun', attempt: job.attempts, msg: 'An attempt at reading it has begun' };
    case 'queued-again':
      return { stage: 'queued', why: fact.why, msg: WAITS[fact.why] ?? 'It waits for another attempt' };
    case 'ended':
      return endLine(job);
    case 'delivered':
      return { stage: 'delivered', outcome: job.outcome, ms: fact.milliseconds, msg: 'Its answer is posted' };
    case 'undelivered':
      return { stage: 'undelivered', code: fact.code, msg: 'Its answer cannot be posted' };
  }
}

function endLine({ status, outcome, reused, timings, media, error }: ToldJob): Line {
  if (status === 'failed') return { stage: 'failed', code: error?.code, msg: 'It has failed' };
  if (status === 'cancelled') return { stage: 'cancelled', msg: 'It was cancelled' };
  return { stage: 'read', outcome, reused, seconds: media.seconds, timings, msg: 'It has been read' };
}
