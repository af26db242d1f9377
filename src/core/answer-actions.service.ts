import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Answer, AnswerPart } from './answer';
import { AuditOutcome } from './audit-log';
import { AuditService } from './audit.service';
import { ErasureService } from './erasure.service';
import { HarkError } from './errors';
import { IntakeService } from './intake.service';
import { TranscriptFormat, formatTranscript } from './transcript-formats';
import { JobArchive } from './job-archive';
import { JobStore } from './job-store';
import { Member, Person, ReplyAddress, TranscriptionOptions, VoiceNote } from './voice-note';

/** Who pressed a button, and what the platform lets them do. */
export interface Actor extends Person {
  /** May remove other people's messages here. */
  moderator: boolean;
}

/** What the buttons under an answer do, on every platform. */
@Injectable()
export class AnswerActionsService {
  constructor(
    private readonly intake: IntakeService,
    private readonly erasure: ErasureService,
    private readonly archive: JobArchive,
    private readonly jobs: JobStore,
    private readonly audit: AuditService,
  ) {}

  /**
   * Reads the answer's notes again with other options, in their place.
   *
   * @param occurrence the same for one wish that arrives twice; every call is a wish of its own without it
   * @throws HarkError when it may not come in
   */
  async tryAgain(
    answer: Answer,
    actor: Member,
    change: Partial<TranscriptionOptions>,
    occurrence: string = randomUUID(),
  ): Promise<void> {
    for (const part of answer.parts) {
      const note = this.noteOf(part, actor, answer.address, change);
      await this.intake.submit({ ...note, fresh: true, replaces: part.job.id, occurrence });
    }
  }

  /** The answer's notes in English, as an answer of its own to `address`. @throws HarkError when it may not come in */
  async translate(answer: Answer, actor: Member, address: ReplyAddress): Promise<void> {
    for (const part of answer.parts) {
      await this.intake.submit(this.noteOf(part, actor, address, { translate: true }));
    }
  }

  /** The answer's transcripts as files. */
  files(answer: Answer, format: TranscriptFormat): { name: string; text: string }[] {
    const several = answer.parts.length > 1;
    return answer.parts.flatMap(({ job, transcript }) => {
      if (!transcript || transcript.text === '') return [];
      const name = several ? `transcript-${job.position + 1}.${format}` : `transcript.${format}`;
      return [{ name, text: formatTranscript(transcript, format) }];
    });
  }

  /**
   * Removes the answer, its transcripts and what was posted, for its speaker, whoever asked for it, and moderators.
   *
   * @throws HarkError `forbidden`
   */
  async delete(answer: Answer, actor: Actor): Promise<void> {
    const own = answer.parts.some(({ job }) => actor.id === job.author.id || actor.id === job.requester.id);
    if (!own && !actor.moderator) {
      await this.note(answer, actor, 'refused');
      throw new HarkError(
        'forbidden',
        'Only the person who spoke, whoever asked and moderators may delete a transcript.',
      );
    }
    await this.eraseAll(answer);
    if (!own) await this.note(answer, actor, 'done');
  }

  /** Without asking whether anybody may: the note itself is gone. */
  async eraseAll(answer: Answer): Promise<void> {
    for (const id of await this.archive.ofAnswer(answer.id)) await this.erasure.erase(id);
  }

  /** Erases these parts of the answer, and what stood in their places before. The others stay. */
  async eraseParts({ id, parts }: Answer): Promise<void> {
    const places = new Set(parts.map(({ job }) => job.position));
    for (const jobId of await this.archive.ofAnswer(id)) {
      const job = await this.jobs.find(jobId);
      if (job && places.has(job.position)) await this.erasure.erase(jobId);
    }
  }

  /** What people do to their own words is their own affair; what is done to other people's is written down. */
  private note({ id, address }: Answer, actor: Person, outcome: AuditOutcome): Promise<void> {
    return this.audit.record({
      actor: `${address.platform}:${actor.id}`,
      action: 'moderation.erase',
      target: id,
      outcome,
      ...(outcome === 'refused' && { code: 'forbidden' }),
    });
  }

  private noteOf(
    { job }: AnswerPart,
    requester: Member,
    replyTo: ReplyAddress,
    change: Partial<TranscriptionOptions>,
  ): VoiceNote {
    return {
      platform: job.platform,
      author: job.author,
      requester,
      trigger: 'request',
      source: job.source,
      options: { ...job.options, ...change },
      replyTo,
      private: replyTo.interaction?.ephemeral ?? job.private,
      position: job.position,
      fresh: false,
    };
  }
}
