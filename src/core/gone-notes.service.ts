import { Injectable } from '@nestjs/common';
import { Answer, AnswerPart } from './answer';
import { AnswerActionsService } from './answer-actions.service';
import { AnswerPlace, AnswerStore } from './answer-store';
import { GlossaryStore } from './glossary-store';
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
    private readonly glossary: GlossaryStore,
  ) {}

  /** What was not read yet leaves no trace, even where transcripts are kept. */
  async messages(home: NoteHome, channel: string, messages: readonly string[]): Promise<void> {
    for (const message of messages) {
      const answers = await this.answers.ofMessage(home.platform, channel, message);
      for (const answer of answers) await this.forget(home, answer);
    }
  }

  /** What was not read yet fails, so that whoever asked finds out why nothing came of it. */
  async place(home: NoteHome, place: AnswerPlace): Promise<void> {
    // Nobody is left who could see to it.
    if ('workspace' in place) await this.glossary.erase({ platform: home.platform, id: place.workspace });
    for (const id of await this.answers.inPlace(home.platform, place)) {
      const answer = await this.answers.find(id);
      if (!answer) continue;
      for (const { job } of answer.parts.filter(isOpen)) await this.jobs.giveUp(job.id, placeGone());
      const read = answer.parts.filter((part) => !isOpen(part));
      if (read.length > 0 && (await this.erases(home))) await this.erase(answer, read);
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
    const isGone = ({ job: { source } }: AnswerPart): boolean =>
      source.kind === 'attachment' && source.ids.message === message && !isLeft(source.ids);
    for (const answer of answers) await this.forget(home, answer, answer.parts.filter(isGone));
  }

  /** A file that was deleted wherever it was shared. */
  async file(home: NoteHome, file: string): Promise<void> {
    const isGone = ({ job: { source } }: AnswerPart): boolean =>
      source.kind === 'attachment' && source.file === file;
    for (const answer of await this.answers.ofFile(home.platform, file)) {
      const { workspace, direct } = answer.address;
      if (workspace !== home.workspace) continue;
      await this.forget(direct ? { platform: home.platform } : home, answer, answer.parts.filter(isGone));
    }
  }

  /** Whether transcripts go with their notes there. */
  async erases({ platform, workspace }: NoteHome): Promise<boolean> {
    if (workspace === undefined) return true;
    const { eraseWithMessage } = await this.preferences.get({ platform, kind: 'server', id: workspace });
    return eraseWithMessage ?? true;
  }

  private async forget(home: NoteHome, answer: Answer, gone: AnswerPart[] = answer.parts): Promise<void> {
    if (gone.length === 0) return;
    const parts = (await this.erases(home)) ? gone : gone.filter(isOpen);
    if (parts.length > 0) await this.erase(answer, parts);
  }

  private async erase(answer: Answer, parts: AnswerPart[]): Promise<void> {
    if (parts.length === answer.parts.length) await this.actions.eraseAll(answer);
    else await this.actions.eraseParts({ ...answer, parts });
  }
}

/** Not read to its end yet. */
function isOpen({ job: { status } }: AnswerPart): boolean {
  return status === 'queued' || status === 'running';
}

function placeGone(): HarkError {
  return new HarkError('channel_gone', 'The channel is gone.');
}
