import { TranscriptionJob } from '../../core/job';
import { Person } from '../../core/voice-note';
import { addressOf } from '../answers/address.mapper';
import { correctionOf } from './spoken-words.query';
import { JobEntity } from '../entities/job.entity';

/** A row, with its answer and transcript loaded, as the core knows it. */
export function toJob(row: JobEntity): TranscriptionJob {
  return {
    id: row.id,
    status: row.status,
    progress: row.progress,
    priority: row.priority,
    platform: row.platform,
    author: person(row.authorId, row.authorName),
    requester: person(row.requesterId, row.requesterName),
    trigger: row.trigger,
    source: row.source,
    options: row.options,
    private: row.private,
    confidential: row.confidential,
    fresh: row.fresh,
    lengthy: row.lengthy,
    reused: row.reused,
    position: row.position,
    media: row.media,
    attempts: row.attempts,
    crashes: row.crashes,
    losses: row.losses,
    timings: row.timings,
    createdAt: row.createdAt,
    ...(row.audioId && { audio: { id: row.audioId, bytes: row.audioBytes ?? 0 } }),
    ...present({
      replyTo: row.answer && addressOf(row.answer),
      answerId: row.answer?.id,
      contentKey: row.contentKey,
      audioRules: row.audioRules,
      draft: row.draft,
      language: row.language,
      outcome: row.outcome,
      text: row.transcript?.text,
      corrected: row.transcript && correctionOf(row.transcript),
      glossaryKey: row.glossaryKey,
      error: row.error,
      startedAt: row.startedAt,
      finishedAt: row.finishedAt,
    }),
  };
}

function person(id: string, name: string | null | undefined): Person {
  return { id, ...present({ name }) };
}

/** Without the fields that the database has no value for. */
function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as { [K in keyof T]?: NonNullable<T[K]> };
}
