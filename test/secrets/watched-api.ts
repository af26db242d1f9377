import { JobView } from '../../src/api/jobs/job.view';
import { Written } from './written';

const ENDED = ['done', 'failed', 'cancelled'];

/** Calls the API and keeps every answer. */
export class WatchedApi {
  constructor(
    private readonly base: string,
    private readonly authorization: string,
    private readonly written: Written,
  ) {}

  /** @param kept false for the one answer that is there to show a secret */
  async call(method: string, path: string, body?: object | FormData, kept = true): Promise<string> {
    const json = body !== undefined && !(body instanceof FormData);
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: { authorization: this.authorization, ...(json && { 'content-type': 'application/json' }) },
      body: json ? JSON.stringify(body) : body,
    });
    const said = await response.text();
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    if (kept) this.written.add(`answer to ${method} ${path.replace(/\?.*/, '')}`, `${headers}\n${said}`);
    return said;
  }

  get(path: string): Promise<string> {
    return this.call('GET', path);
  }

  /** Sends a link or a file and waits for the end of its job. */
  async job(body: object | FormData): Promise<JobView> {
    const { id } = JSON.parse(await this.call('POST', '/api/v1/transcriptions', body)) as JobView;
    await this.get(`/api/v1/jobs/${id}/events`);
    const job = JSON.parse(await this.get(`/api/v1/jobs/${id}`)) as JobView;
    if (!ENDED.includes(job.status)) throw new Error(`The job is ${job.status}`);
    return job;
  }
}
