import { AnswerPart } from './answer';

/** Whether the part is worth a summary. */
export function isLongText({ job, transcript }: AnswerPart, leastCharacters: number | undefined): boolean {
  if (leastCharacters === undefined || job.outcome !== 'speech') return false;
  if (job.status !== 'done' && job.status !== 'delivering') return false;
  return (transcript?.text ?? job.text ?? '').length >= leastCharacters;
}
