import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Deadline } from './deadline';
import { HarkError } from './errors';
import { LiveAudio } from './live-audio';
import { LiveEngineService } from './live-engine.service';
import { LiveFacts, LiveListener, LiveWish } from './live-session';
import { LiveSpeaker } from './live-speaker';
import { Policy } from './policy';
import { Telemetry } from './telemetry';
import { PlatformName } from './voice-note';

/** Somebody is being listened to. Nothing of what is said is stored: it goes to whoever has opened the session. */
export interface LiveSession {
  readonly id: string;
  readonly facts: LiveFacts;
  /** Seconds for which it may last. */
  readonly maxSeconds: number;
  /** Another one whose words are to be told apart. */
  speaker(wish: LiveWish, listener: LiveListener): LiveSpeaker;
  /** Resolves when everything that has come is read, or at the earliest deadline of all calls. */
  end(deadlineMs: number): Promise<void>;
  /** At once: nobody waits for the words any more. */
  cancel(): void;
}

/** Opens live sessions, and no more of them than the engine can follow. */
@Injectable()
export class LiveSessionsService {
  private open = 0;

  constructor(
    private readonly audio: LiveAudio,
    private readonly engine: LiveEngineService,
    private readonly policy: Policy,
    private readonly telemetry: Telemetry,
  ) {}

  /** @throws HarkError `live_off` or `live_busy` */
  begin(platform: PlatformName): LiveSession {
    const { liveSessions, slots } = this.policy;
    if (liveSessions === 0 || !this.policy.feature('live') || slots.transcription === undefined)
      throw new HarkError('live_off', 'Listening live is switched off here.');
    if (this.open >= liveSessions)
      throw new HarkError(
        'live_busy',
        'As many live sessions as can be followed are open; try again later.',
        {
          retryable: true,
          params: { limit: liveSessions },
        },
      );
    this.open += 1;
    const session = new Session(platform, this.policy.media.maxSeconds, this.audio, this.engine, () => {
      this.open -= 1;
      this.telemetry.tell({ type: 'live-ended', session: session.facts });
    });
    this.telemetry.tell({ type: 'live-begun', session: session.facts });
    return session;
  }
}

class Session implements LiveSession {
  readonly id = randomUUID();
  private readonly speakers: LiveSpeaker[] = [];
  private readonly deadline = new Deadline();
  private ending?: Promise<void>;

  constructor(
    private readonly platform: PlatformName,
    readonly maxSeconds: number,
    private readonly audio: LiveAudio,
    private readonly engine: LiveEngineService,
    private readonly onEnd: () => void,
  ) {}

  get facts(): LiveFacts {
    const sum = (of: 'seconds' | 'spoken'): number =>
      this.speakers.reduce((total, speaker) => total + speaker[of], 0);
    return { id: this.id, platform: this.platform, seconds: sum('seconds'), spoken: sum('spoken') };
  }

  speaker({ encoding, options }: LiveWish, listener: LiveListener): LiveSpeaker {
    const speaker = new LiveSpeaker(this.audio.open(encoding), options, this.engine, listener);
    this.speakers.push(speaker);
    return speaker;
  }

  end(deadlineMs: number): Promise<void> {
    this.deadline.within(deadlineMs);
    return (this.ending ??= this.finish());
  }

  cancel(): void {
    for (const speaker of this.speakers) speaker.cancel();
    void this.end(0);
  }

  private async finish(): Promise<void> {
    await Promise.race([Promise.all(this.speakers.map((speaker) => speaker.end())), this.deadline.over]);
    this.deadline.lift();
    for (const speaker of this.speakers) speaker.giveUp();
    this.onEnd();
  }
}
