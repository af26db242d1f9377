import { Injectable } from '@nestjs/common';
import { PreferenceStore } from '../../../core/preference-store';

/** Decides about answers whose note was deleted before they could be posted. */
@Injectable()
export class SlackOrphansService {
  constructor(private readonly preferences: PreferenceStore) {}

  /** Whether the workspace has chosen that transcripts outlive their notes. */
  async mayStand(team: string | undefined): Promise<boolean> {
    if (team === undefined) return false;
    const { eraseWithMessage } = await this.preferences.get({ platform: 'slack', kind: 'server', id: team });
    return eraseWithMessage === false;
  }
}
