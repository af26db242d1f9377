import { Counter, Gauge, Registry } from 'prom-client';
import { LiveFacts } from '../../core/live-session';

const LIVE_PLATFORMS = ['api', 'discord'] as const;

/** Whom this process listens to live, as numbers. */
export class LiveMetrics {
  private readonly open: Gauge<'platform'>;
  private readonly sessions: Counter<'platform'>;
  private readonly sound: Counter<'platform'>;
  private readonly speech: Counter<'platform'>;

  constructor(registry: Registry) {
    const more = { labelNames: ['platform'] as const, registers: [registry] };
    this.open = new Gauge({
      name: 'hark_live_sessions',
      help: 'Live sessions that are open in this process.',
      ...more,
    });
    this.sessions = new Counter({
      name: 'hark_live_sessions_total',
      help: 'Live sessions that were begun.',
      ...more,
    });
    this.sound = new Counter({
      name: 'hark_live_audio_seconds_total',
      help: 'Sound of live sessions that have ended, in seconds.',
      ...more,
    });
    this.speech = new Counter({
      name: 'hark_live_speech_seconds_total',
      help: 'What of it was speech and went to the engine, in seconds.',
      ...more,
    });
    for (const platform of LIVE_PLATFORMS) {
      this.open.set({ platform }, 0);
      for (const counter of [this.sessions, this.sound, this.speech]) counter.inc({ platform }, 0);
    }
  }

  begin({ platform }: LiveFacts): void {
    this.open.inc({ platform });
    this.sessions.inc({ platform });
  }

  end({ platform, seconds, spoken }: LiveFacts): void {
    this.open.dec({ platform });
    this.sound.inc({ platform }, seconds);
    this.speech.inc({ platform }, spoken);
  }
}
