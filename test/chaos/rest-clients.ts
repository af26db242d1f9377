import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { JobPageView, JobView } from '../../src/api/jobs/job.view';
import { ProblemView } from '../../src/api/problems/problem.view';
import { HarkProcess } from '../support/hark-process';
import { NOTES, Note } from '../support/notes';
import { SubmittedNote } from './chaos-note';

const AUDIO = join(__dirname, '../support/audio');
const AT_ONCE = 8;
const AGAIN_AFTER_MS = 200;
const REQUEST_MS = 30_000;
const BACK_WITHIN_MS = 60_000;

/** Programs that send notes by REST and, as programs should, ask again with the same key until they are answered. */
export class RestClients {
  readonly notes: SubmittedNote[] = [];
  /** Answers other than 202, and requests that got none. */
  readonly setbacks = new Map<string, number>();

  constructor(private readonly api: HarkProcess) {}

  async submit(count: number, signal: AbortSignal): Promise<void> {
    let next = 0;
    const client = async (): Promise<void> => {
      while (next < count && !signal.aborted) {
        const note = NOTES[next++ % NOTES.length] as Note;
        await this.submitOne(note, signal);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
  }

  /** All jobs, as the API lists them. */
  async jobs(): Promise<JobView[]> {
    const jobs: JobView[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page: JobPageView = await this.page(cursor);
      jobs.push(...page.jobs);
      cursor = page.nextCursor ?? undefined;
    }
    return jobs;
  }

  private async page(cursor: string): Promise<JobPageView> {
    const query = cursor === '' ? '' : `&cursor=${cursor}`;
    const response = await this.whenBack(() => this.api.call(`/api/v1/jobs?limit=200${query}`));
    if (response.status !== 200) throw new Error(`GET /jobs answered ${response.status}`);
    return (await response.json()) as JobPageView;
  }

  /** The API may have been the last to be killed, and is then on its way back. */
  private async whenBack<T>(ask: () => Promise<T>): Promise<T> {
    const until = performance.now() + BACK_WITHIN_MS;
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (performance.now() > until) throw error;
        await pause(AGAIN_AFTER_MS);
      }
    }
  }

  private async submitOne(note: Note, signal: AbortSignal): Promise<void> {
    const key = randomUUID();
    const content = await readFile(join(AUDIO, note.file));
    for (; !signal.aborted; await pause(AGAIN_AFTER_MS)) {
      const body = new FormData();
      body.set('file', new File([content], note.file));
      try {
        const response = await this.api.call('/api/v1/transcriptions', {
          method: 'POST',
          body,
          headers: { 'Idempotency-Key': key },
          signal: AbortSignal.timeout(REQUEST_MS),
        });
        if (response.status === 202) {
          const { id: jobId } = (await response.json()) as JobView;
          this.notes.push({ kind: 'submitted', note, key, jobId });
          return;
        }
        const { code } = (await response.json()) as Partial<ProblemView>;
        this.setback(`${response.status} ${code}`);
      } catch (error) {
        const { cause } = error as { cause?: NodeJS.ErrnoException };
        this.setback(`no answer (${cause?.code ?? cause?.message ?? String(error)})`);
      }
    }
  }

  private setback(what: string): void {
    this.setbacks.set(what, (this.setbacks.get(what) ?? 0) + 1);
  }
}
