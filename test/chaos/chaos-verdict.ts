import { JobView } from '../../src/api/jobs/job.view';
import { TranscriptionJob } from '../../src/core/job';
import { controlsOf, wordsOf } from '../support/discord-scene';
import { ChaosNote, SpokenNote } from './chaos-note';
import { Anomaly } from './chaos-report';
import { DiscordCrowd } from './discord-crowd';

/** Everything that can be known at the end. */
export interface ChaosFacts {
  notes: readonly ChaosNote[];
  /** As the job table has them. */
  jobs: readonly TranscriptionJob[];
  /** As the API shows them. */
  shown: readonly JobView[];
  crowd: Pick<DiscordCrowd, 'answersTo' | 'strays'>;
}

export type AnomalyKind = 'lost' | 'duplicate' | 'failed' | 'wrong words';

export interface ChaosVerdict {
  anomalies: (Anomaly & { kind: AnomalyKind })[];
  answeredOnce: number;
}

/** Whether every note that was accepted is answered exactly once and with its own words. */
export function chaosVerdict({ notes, jobs, shown, crowd }: ChaosFacts): ChaosVerdict {
  const anomalies: ChaosVerdict['anomalies'] = [];
  const byId = new Map(shown.map((job) => [job.id, job]));
  const claimed = new Set<string>();
  let answeredOnce = 0;

  for (const note of notes) {
    const own = jobs.filter((job) => isOf(job, note));
    for (const { id } of own) claimed.add(id);
    const found = [...troubleWith(note, own, byId, crowd)];
    anomalies.push(...found);
    if (own.length === 1 && found.length === 0) answeredOnce += 1;
  }
  for (const { id, platform } of jobs.filter((job) => !claimed.has(job.id))) {
    anomalies.push({
      kind: 'duplicate',
      what: 'A job that nobody asked for',
      where: `${platform} job ${id}`,
    });
  }
  for (const { id, data } of crowd.strays()) {
    anomalies.push({
      kind: 'duplicate',
      what: 'A message that answers no note',
      where: `${id}: ${data.content}`,
    });
  }
  return { anomalies, answeredOnce };
}

function isOf(job: TranscriptionJob, note: ChaosNote): boolean {
  return note.kind === 'spoken' ? job.replyTo?.message === note.message.id : job.id === note.jobId;
}

function* troubleWith(
  note: ChaosNote,
  own: readonly TranscriptionJob[],
  shown: ReadonlyMap<string, JobView>,
  crowd: ChaosFacts['crowd'],
): Iterable<ChaosVerdict['anomalies'][number]> {
  const where = `${placeOf(note)}, jobs ${own.map(({ id }) => id).join(' ') || 'none'}`;
  const [job] = own;
  if (!job) {
    yield { kind: 'lost', what: 'A note that never became a job', where };
    return;
  }
  if (own.length > 1) yield { kind: 'duplicate', what: 'Several jobs for one note', where };
  const { status, text } = shown.get(job.id) ?? { status: undefined, text: undefined };
  if (status === 'failed' || status === 'cancelled') {
    yield { kind: 'failed', what: `A job that ${status}: ${job.error?.code} ${job.error?.message}`, where };
  } else if (status !== 'done') {
    yield { kind: 'lost', what: `A job that is still ${status ?? 'unknown to the API'}`, where };
  } else if (text !== note.note.text) {
    yield { kind: 'wrong words', what: `"${text}" instead of "${note.note.text}"`, where };
  }
  if (note.kind === 'spoken') yield* troubleWithAnswers(note, where, crowd);
}

function* troubleWithAnswers(
  { message, note }: SpokenNote,
  where: string,
  crowd: ChaosFacts['crowd'],
): Iterable<ChaosVerdict['anomalies'][number]> {
  const answers = crowd.answersTo(message);
  const [answer] = answers;
  if (!answer) return void (yield { kind: 'lost', what: 'A note without an answer', where });
  if (answers.length > 1) yield { kind: 'duplicate', what: `${answers.length} answers to one note`, where };
  const words = wordsOf(answer.data);
  if (!controlsOf(answer.data).some((id) => id.includes('try-again'))) {
    yield { kind: 'lost', what: `An answer that was never finished: "${words}"`, where };
  }
  if (!words.includes(note.text)) {
    yield { kind: 'wrong words', what: `The answer says "${words}" instead of "${note.text}"`, where };
  }
}

function placeOf(note: ChaosNote): string {
  return note.kind === 'spoken' ? `message ${note.message.id}` : `key ${note.key}`;
}
