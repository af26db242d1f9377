import { SqlEntityManager } from '@mikro-orm/sql';
import { Correction, Segment, Transcript } from '../../core/transcript';
import { JobEntity } from '../entities/job.entity';
import { PieceEntity } from '../entities/piece.entity';
import { TranscriptEntity } from '../entities/transcript.entity';

/** All segments of a job that has its transcript, else those of the pieces so far. */
export async function segmentsOf(em: SqlEntityManager, jobId: string): Promise<Segment[]> {
  const [job] = await em.execute<{ transcript_id: number | string | null }[]>(
    'select transcript_id from job where id = ?',
    [jobId],
  );
  const heard = (job?.transcript_id ?? null) !== null;
  const transcript = heard ? await findTranscript(em, jobId) : undefined;
  if (transcript) return transcript.segments;
  const pieces = await em.find(PieceEntity, { job: { id: jobId } }, { orderBy: { index: 'asc' } });
  return pieces.flatMap(({ segments }) => segments);
}

export async function transcriptOf(em: SqlEntityManager, jobId: string): Promise<Transcript | undefined> {
  const row = await findTranscript(em, jobId);
  return row && toTranscript(row);
}

/** As the engine gave it. */
export async function heardTranscriptOf(
  em: SqlEntityManager,
  jobId: string,
): Promise<Transcript | undefined> {
  const row = await findTranscript(em, jobId);
  if (!row?.correctedBy) return row && toTranscript(row);
  await em.populate(row, ['heardText', 'heardSegments']);
  const { corrected: _, ...now } = toTranscript(row);
  // A copy of what was corrected elsewhere: what had been heard is there.
  if (typeof row.heardText !== 'string') return undefined;
  return { ...now, text: row.heardText, segments: row.heardSegments ?? [] };
}

/** Whether, and by whom, the text was corrected. */
export function correctionOf({ correctedBy: by, correctedAt: at }: TranscriptEntity): Correction | undefined {
  return by && at ? { by, at } : undefined;
}

export function toTranscript(row: TranscriptEntity): Transcript {
  const { text, language, languageDetected, segments, madeBy, seconds } = row;
  const corrected = correctionOf(row);
  return {
    text,
    ...(language && { language }),
    languageDetected,
    segments,
    ...(madeBy && { madeBy }),
    seconds,
    ...(corrected && { corrected }),
  };
}

async function findTranscript(em: SqlEntityManager, jobId: string): Promise<TranscriptEntity | undefined> {
  const job = await em.findOne(
    JobEntity,
    { id: jobId },
    { fields: ['transcript'] as const, populate: ['transcript', 'transcript.segments'] as const },
  );
  return job?.transcript ?? undefined;
}
