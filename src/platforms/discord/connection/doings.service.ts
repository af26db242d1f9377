import { Injectable } from '@nestjs/common';
import { JobQueue } from '../../../core/job-queue';
import { Transcriber } from '../../../core/transcriber';
import { Settings } from '../../../settings/settings';
import { Doings } from './presence.mapper';

/** Finds out what hark does at present. */
@Injectable()
export class DoingsService {
  constructor(
    private readonly queue: JobQueue,
    private readonly transcriber: Transcriber,
    private readonly settings: Settings,
  ) {}

  /** @throws HarkError `service_unavailable` */
  async now(): Promise<Doings> {
    const { waiting, active } = await this.queue.depth('transcription');
    // A process that does not listen itself cannot tell for those that do.
    const listens = this.settings.roles.has('worker');
    const engine = listens ? (await this.transcriber.available()).state : 'ready';
    return { engine, notes: waiting + active };
  }
}
