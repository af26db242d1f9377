import { Injectable } from '@nestjs/common';
import { Answer } from './answer';
import { AnswerActionsService } from './answer-actions.service';
import { AnswerPlace, AnswerStore } from './answer-store';
import { HarkError } from './errors';
import { JobControlService } from './job-control.service';
import { PreferenceStore } from './preference-store';
import { AttachmentSource, PlatformName } from './voice-note';

/** Where notes have gone from. */
export interface NoteHome {
  platform: PlatformName;
  /** Missing for direct messages, where there is nobody to decide that transcripts are kept. */
  workspace?: string;
}

/** What becomes of transcripts whose notes are gone: they go, too, unless the place wants them kept. */
@Injectable()
export class GoneNotesService {
  constructor(
    private readonly answers: AnswerStore,
    private readonly actions: AnswerActionsService,
    private readonly jobs: JobControlService,
    private readonly preferences: PreferenceStore,
  ) {}

  async messages(home: NoteHome, channel: string, messages: readonly string[]): Promise<void> {
    for (const message of messages) {
      const answers = await this.answers.ofMessage(home.platform, channel, message);
      await this.end(home, answers);
    }
  }

  async place(home: NoteHome, place: AnswerPlace): Promise<void> {
    for (const id of await this.answers.inPlace(home.platform, place)) {
      const answer = await this.answers.find(id);
      if (answer) await this.end(home, [answer]);
    }
  }

  /** @param isLeft whether the message still has the file */
  async attachments(
    home: NoteHome,
    channel: string,
    message: string,
    isLeft: (ids: AttachmentSource['ids']) => boolean,
  ): Promise<void> {
    const answers = await this.answers.ofMessage(home.platform, channel, message);
    const isGone = ({ job: { source } }: Answer['parts'][number]): boolean =>
      source.kind === 'attachment' &&
      source.ids.message === message &&
      !isLeft(source.ids);
    for (const answer of answers) {
      const parts = answer.parts.filter(isGone);
      if (parts.length === answer.parts.length) await this.end(home, [answer]);
      else if (parts.length > 0) await this.endParts(home, { ...answer, parts });
    }
  }

  private async end(home: NoteHome, answers: readonly Answer[]): Promise<void> {
    if (answers.length === 0) return;
    const erases = await this.erases(home);
    for (const answer of answers) {
      if (erases) await this.actions.eraseAll(answer);
      else await this.cancel(answer);
    }
  }

  private async endParts(home: NoteHome, answer: Answer): Promise<void> {
    if (await this.erases(home)) await this.actions.eraseParts(answer);
    else await this.cancel(answer);
  }

  /** What has not been read yet cannot be read any more. */
  private async cancel({ parts }: Answer): Promise<void> {
    for (const { job } of parts) {
      if (job.status !== 'queued' && job.status !== 'running') continue;
      try {
        await this.jobs.cancel(job.id);
      } catch (error) {
        // It ended in this very moment.
        if (!(error instanceof HarkError) || error.code !== 'job_state_conflict') throw error;
      }
    }
  }

  private async erases({ platform, workspace }: NoteHome): Promise<boolean> {
    if (workspace === undefined) return true;
    const { eraseWithMessage } = await this.preferences.get({
      platform,
      kind: 'server',
      id: workspace,
    });
    return eraseWithMessage ?? true;
  }
}
