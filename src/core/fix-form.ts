import { createHash } from 'node:crypto';
import { Answer, AnswerPart } from './answer';
import { HarkError } from './errors';
import { Segment, Transcript, textOf } from './transcript';
import { Person } from './voice-note';

/** What a platform's forms have room for, as data. */
export interface FormLimits {
  /** Characters in one field. */
  fieldCharacters: number;
  fields: number;
}

/** A stretch of a transcript that somebody can correct. */
export interface FixField {
  jobId: string;
  /** Its segments: from one to just before another. */
  from: number;
  to: number;
  text: string;
  /** Where it begins in its recording, in seconds. */
  start: number;
}

export interface FixForm {
  fields: FixField[];
  /** The same while the texts are. */
  stamp: string;
}

/** The parts of an answer that somebody may correct: what they said or asked for. */
export function partsToFix({ parts }: Answer, { id }: Person): (AnswerPart & { transcript: Transcript })[] {
  return parts.flatMap((part) => {
    const { job, transcript } = part;
    const own = job.author.id === id || job.requester.id === id;
    const read = job.status === 'done' || job.status === 'delivering';
    return own && read && transcript && transcript.text !== '' ? [{ ...part, transcript }] : [];
  });
}

/** @throws HarkError `fix_not_allowed`, or `fix_too_long` when it does not fit into a form */
export function fixForm(answer: Answer, person: Person, limits: FormLimits): FixForm {
  const parts = partsToFix(answer, person);
  if (parts.length === 0)
    throw new HarkError(
      'fix_not_allowed',
      'Only the person who spoke and whoever asked for a transcript may correct it.',
    );
  const fields = parts.flatMap(({ job, transcript }) => fieldsOf(job.id, transcript, limits.fieldCharacters));
  if (fields.length > limits.fields || fields.some(({ text }) => text.length > limits.fieldCharacters))
    throw new HarkError(
      'fix_too_long',
      'The text is too long for a form. Whoever runs this bot can correct it in the console.',
    );
  const texts = parts.map(({ job, transcript }) => [job.id, transcript.text]);
  const stamp = createHash('sha256').update(JSON.stringify(texts)).digest('base64url').slice(0, 16);
  return { fields, stamp };
}

/** No segment is cut. What one person writes may become longer: the fields are not filled to the brim. */
function fieldsOf(jobId: string, { segments, text }: Transcript, room: number): FixField[] {
  const comfortable = room * 0.9;
  const fields: FixField[] = [];
  let from = 0;
  const close = (to: number): void => {
    const own = segments.slice(from, to);
    if (to > from) fields.push({ jobId, from, to, text: textOf(own), start: own[0]?.start ?? 0 });
    from = to;
  };
  let length = 0;
  segments.forEach((segment: Segment, index) => {
    const size = segment.text.trim().length + 1;
    if (length > 0 && length + size > comfortable && text.length > room) {
      close(index);
      length = 0;
    }
    length += size;
  });
  close(segments.length);
  return fields;
}
