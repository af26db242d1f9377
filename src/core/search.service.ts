import { Injectable } from '@nestjs/common';
import { HarkError } from './errors';
import { FoundPassage, foundPassage, wordsIn } from './found-passage';
import { TranscriptionJob } from './job';
import { JobArchive, Reach } from './job-archive';
import { JobStore } from './job-store';
import { SearchPace } from './search-pace';

/** A transcript in which the words stand. */
export interface Hit {
  job: TranscriptionJob;
  passage: FoundPassage;
}

export interface HitPage {
  hits: Hit[];
  /** The next page's `before`; missing on the last one. */
  next?: string;
}

/** So many are shown at a time. */
const PAGE = 5;

/** Looks for words in what somebody may see at this moment. */
@Injectable()
export class SearchService {
  constructor(
    private readonly archive: JobArchive,
    private readonly jobs: JobStore,
    private readonly pace: SearchPace,
  ) {}

  /**
   * Asked before anything is found out about somebody's rights, for that is the dearest part of a search.
   *
   * @throws HarkError `too_many_requests`, or `field_invalid` when there is no word in the text
   */
  admit(platform: string, user: string, text: string): void {
    if (wordsIn(text).length === 0)
      throw new HarkError('field_invalid', 'There is no word to look for.', { params: { field: 'words' } });
    this.pace.take(`${platform}:${user}`);
  }

  /** @param before the page before's `next` */
  async find(text: string, reach: Reach, before?: string): Promise<HitPage> {
    const { jobs, nextCursor } = await this.archive.search({ text, reach, limit: PAGE, before });
    const hits: Hit[] = [];
    for (const job of jobs) {
      const transcript = await this.jobs.transcript(job.id);
      // One that went meanwhile is not to be seen any more.
      if (transcript) hits.push({ job, passage: foundPassage(transcript, text) });
    }
    return { hits, ...(nextCursor && { next: nextCursor }) };
  }
}
