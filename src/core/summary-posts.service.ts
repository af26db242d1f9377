import { Injectable } from '@nestjs/common';
import { Answer, Reply } from './answer';
import { SummaryStore } from './summary-store';

/** Remembers where summaries stand, so that they go with the words they are made of. */
@Injectable()
export class SummaryPostsService {
  constructor(private readonly store: SummaryStore) {}

  /** False when some of the answer was erased meanwhile: then nothing of it is to be shown. */
  async remember({ address, parts }: Answer, reply: Reply): Promise<boolean> {
    const { interaction: _, ...place } = address;
    const posted = { address: place, reply };
    const known = await Promise.all(parts.map(({ job }) => this.store.addPost(job.id, posted)));
    return known.every(Boolean);
  }

  /** False when some of the answer was erased since: whoever erased it may not have known yet what was posted. */
  async stands({ parts }: Answer): Promise<boolean> {
    const posts = await Promise.all(parts.map(({ job }) => this.store.posts(job.id)));
    return posts.every(({ length }) => length > 0);
  }
}
