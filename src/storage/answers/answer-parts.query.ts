import { SqlEntityManager } from '@mikro-orm/sql';
import { Answer, AnswerPart } from '../../core/answer';
import { Transcript, mainLanguage, textOf } from '../../core/transcript';
import { AnswerEntity } from '../entities/answer.entity';
import { JobEntity } from '../entities/job.entity';
import { PieceEntity } from '../entities/piece.entity';
import { findJobsOfAnswer } from '../jobs/job-rows';
import { toJob } from '../jobs/job.mapper';
import { toTranscript } from '../jobs/spoken-words.query';
import { addressOf } from './address.mapper';

/** The answer with its parts in order, and what has been heard of each. */
export async function withParts(em: SqlEntityManager, row: AnswerEntity): Promise<Answer> {
  const jobs = newestOfEachPlace(await findJobsOfAnswer(em, row.id));
  const parts: AnswerPart[] = [];
  for (const job of jobs) {
    const transcript = job.transcript ? toTranscript(job.transcript) : await heardSoFar(em, job);
    parts.push({ job: toJob(job), ...(transcript && { transcript }) });
  }
  return {
    id: row.id,
    address: addressOf(row),
    ...(row.reply && { reply: row.reply }),
    parts,
    createdAt: row.createdAt,
  };
}

/** Jobs come in the order of places and, within one, of age. */
function newestOfEachPlace(jobs: JobEntity[]): JobEntity[] {
  return [...new Map(jobs.map((job) => [job.position, job])).values()];
}

async function heardSoFar(em: SqlEntityManager, job: JobEntity): Promise<Transcript | undefined> {
  const pieces = await em.find(PieceEntity, { job: { id: job.id } }, { orderBy: { index: 'asc' } });
  if (pieces.length === 0) return undefined;
  const segments = pieces.flatMap((piece) => piece.segments);
  const language = mainLanguage(segments);
  return {
    text: textOf(segments),
    ...(language && { language }),
    languageDetected: job.options.language === 'auto',
    segments,
    seconds: job.decodedSeconds ?? segments.at(-1)?.end ?? 0,
  };
}
