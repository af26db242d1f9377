import { Injectable } from '@nestjs/common';
import { GoneNotesService } from '../../../core/gone-notes.service';
import { isUnknownReference } from '../discord-error.mapper';

/** Decides about answers whose note was deleted before they could be posted. */
@Injectable()
export class DiscordOrphansService {
  constructor(private readonly goneNotes: GoneNotesService) {}

  /** Whether `error` says that the note is gone, and the server has chosen that transcripts outlive their notes. */
  async mayStand(error: unknown, server: string | undefined): Promise<boolean> {
    if (!(error instanceof Error && isUnknownReference(error.cause)) || server === undefined) return false;
    return !(await this.goneNotes.erases({ platform: 'discord', workspace: server }));
  }
}
