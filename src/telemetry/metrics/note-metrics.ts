import { Counter, Histogram, Registry } from 'prom-client';
import { ERROR_CODES, ErrorCode } from '../../core/errors';
import { ToldJob } from '../../core/telemetry';
import {
  FACTOR_BUCKETS,
  OUTCOMES,
  PLATFORMS,
  REFUSALS,
  STAGE_BUCKETS,
  STAGES,
  Stage,
  WHOLE_BUCKETS,
} from './labels';

/** What becomes of notes, as numbers. */
export class NoteMetrics {
  private readonly received: Counter<'platform'>;
  private readonly refused: Counter<'platform' | 'code'>;
  private readonly ended: Counter<'platform' | 'outcome'>;
  private readonly failures: Counter<'code'>;
  private readonly attempts: Counter;
  private readonly reused: Counter<'platform'>;
  private readonly audio: Counter<'platform'>;
  private readonly stages: Histogram<'stage'>;
  private readonly whole: Histogram<'platform'>;
  private readonly factor: Histogram;

  constructor(registry: Registry) {
    const registers = [registry];
    const platforms = { labelNames: ['platform'] as const, registers };
    this.received = new Counter({
      name: 'hark_notes_received_total',
      help: 'Notes that were taken in.',
      ...platforms,
    });
    this.refused = new Counter({
      name: 'hark_notes_refused_total',
      help: 'Notes that were not taken in, by the error code: quotas, size, consent, no media.',
      labelNames: ['platform', 'code'],
      registers,
    });
    this.ended = new Counter({
      name: 'hark_notes_total',
      help: 'Notes that have ended, by what came of them.',
      labelNames: ['platform', 'outcome'],
      registers,
    });
    this.failures = new Counter({
      name: 'hark_note_failures_total',
      help: 'Notes that have failed, by the error code.',
      labelNames: ['code'],
      registers,
    });
    this.attempts = new Counter({
      name: 'hark_attempts_total',
      help: 'Attempts at reading a note that were begun.',
      registers,
    });
    this.reused = new Counter({
      name: 'hark_notes_reused_total',
      help: 'Notes that were answered with what had been heard before.',
      ...platforms,
    });
    this.audio = new Counter({
      name: 'hark_audio_seconds_total',
      help: 'Seconds of audio that were read.',
      ...platforms,
    });
    this.stages = new Histogram({
      name: 'hark_stage_seconds',
      help: 'How long each stage of a note took: wait (in the queue), download, decode, engine, deliver.',
      labelNames: ['stage'],
      buckets: STAGE_BUCKETS,
      registers,
    });
    this.whole = new Histogram({
      name: 'hark_note_seconds',
      help: 'From the arrival of a note to its text being there for whoever asked.',
      buckets: WHOLE_BUCKETS,
      ...platforms,
    });
    this.factor = new Histogram({
      name: 'hark_real_time_factor',
      help: 'Engine time by audio time of each note that was listened to.',
      buckets: FACTOR_BUCKETS,
      registers,
    });
    this.showAll();
  }

  receive({ platform }: ToldJob): void {
    this.received.inc({ platform });
  }

  refuse(platform: string, code: ErrorCode): void {
    this.refused.inc({ platform, code });
  }

  begin(): void {
    this.attempts.inc();
  }

  /** The note has been read, or will not be. */
  end(job: ToldJob): void {
    if (job.status === 'done' || job.status === 'delivering') this.read(job);
    if (job.status === 'done') this.succeed(job, (job.timings.total ?? 0) / 1_000);
    if (job.status === 'cancelled') this.ended.inc({ platform: job.platform, outcome: 'cancelled' });
    if (job.status === 'failed') this.fail(job, job.error?.code ?? 'internal');
  }

  deliver(job: ToldJob, seconds: number): void {
    this.stages.observe({ stage: 'deliver' }, seconds);
    this.succeed(job, Math.max(0, Date.now() - job.createdAt.getTime()) / 1_000);
  }

  fail({ platform }: ToldJob, code: ErrorCode): void {
    this.ended.inc({ platform, outcome: 'failed' });
    this.failures.inc({ code });
  }

  private succeed({ platform, outcome = 'speech' }: ToldJob, seconds: number): void {
    this.ended.inc({ platform, outcome });
    this.whole.observe({ platform }, seconds);
  }

  private read({ platform, reused, timings, media }: ToldJob): void {
    if (reused) this.reused.inc({ platform });
    for (const stage of ['wait', 'download', 'decode', 'engine'] satisfies Stage[]) {
      const milliseconds = timings[stage];
      if (milliseconds !== undefined) this.stages.observe({ stage }, milliseconds / 1_000);
    }
    if (reused || media.seconds === undefined) return;
    this.audio.inc({ platform }, media.seconds);
    // What held no speech never met the engine.
    if (timings.engine && media.seconds > 0) this.factor.observe(timings.engine / 1_000 / media.seconds);
  }

  private showAll(): void {
    for (const platform of PLATFORMS) {
      for (const counter of [this.received, this.reused, this.audio]) counter.inc({ platform }, 0);
      for (const outcome of OUTCOMES) this.ended.inc({ platform, outcome }, 0);
      for (const code of REFUSALS) this.refused.inc({ platform, code }, 0);
      this.whole.zero({ platform });
    }
    for (const code of ERROR_CODES) this.failures.inc({ code }, 0);
    for (const stage of STAGES) this.stages.zero({ stage });
  }
}
