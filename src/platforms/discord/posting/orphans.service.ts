import { Injectable } from '@nestjs/common';
import { PreferenceStore } from '../../../core/preference-store';
import { isUnknownReference } from '../discord-error.mapper';

/** Decides about answers whose note was deleted before they could be posted. */
@Injectable()
export class DiscordOrphansService {
  constructor(private readonly preferences: PreferenceStore) {}

  /** Whether `error` says that the note is gone, and the server has chosen that transcripts outlive their notes. */
  async mayStand(error: unknown, server: string | undefined): Promise<boolean> {
    if (!(error instanceof Error && isUnknownReference(error.cause)) || server === undefined) return false;
    const { eraseWithMessage } = await this.preferences.get({
      platform: 'discord',
      kind: 'server',
      id: server,
    });
    return eraseWithMessage === false;
  }
}
