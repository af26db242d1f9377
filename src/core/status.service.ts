import { Injectable } from '@nestjs/common';
import { TranscriptionJob } from './job';
import { JobArchive } from './job-archive';
import { JobQueue, LaneDepth } from './job-queue';
import { Availability, Transcriber } from './transcriber';
import { Person, PlatformName } from './voice-note';

const RECENT = 5;

/** What a user is told who asks how things are. */
export interface Status {
  transcriber: Availability;
  /** Undefined when the queue does not answer. */
  queue?: LaneDepth;
  /** The user's own latest jobs, newest first. */
  recent: TranscriptionJob[];
}

/** How hark is, as seen by one user. */
@Injectable()
export class StatusService {
  constructor(
    private readonly transcriber: Transcriber,
    private readonly queue: JobQueue,
    private readonly archive: JobArchive,
  ) {}

  async of(platform: PlatformName, { id: user }: Person): Promise<Status> {
    const [transcriber, queue, { jobs: recent }] = await Promise.all([
      this.transcriber.available(),
      this.queue.depth('transcription').catch(() => undefined),
      this.archive.list({ platform, user, limit: RECENT }),
    ]);
    return { transcriber, queue, recent };
  }
}
