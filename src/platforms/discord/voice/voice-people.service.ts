import { Injectable } from '@nestjs/common';
import { Informed, LiveOptionsService } from '../../../core/live-options.service';
import { PreferenceStore } from '../../../core/preference-store';
import { ReplyAddress, TranscriptionOptions } from '../../../core/voice-note';

/** What is known of one who may speak. */
export interface KnownSpeaker {
  agrees: boolean;
  options: TranscriptionOptions;
}

/** Knows what those who speak in voice channels have chosen. */
@Injectable()
export class VoicePeopleService {
  constructor(
    private readonly preferences: PreferenceStore,
    private readonly options: LiveOptionsService,
  ) {}

  /** Whoever has opted out of being transcribed is not listened to, whoever asks. */
  async agrees(person: string): Promise<boolean> {
    const { optedOut = false } = await this.preferences.get({
      platform: 'discord',
      kind: 'user',
      id: person,
    });
    return !optedOut;
  }

  /** Whether the server lets people have hark in its voice channels. */
  async mayListenIn(server: string): Promise<boolean> {
    const { features } = await this.preferences.get({ platform: 'discord', kind: 'server', id: server });
    return features?.listen ?? true;
  }

  informed(place: ReplyAddress): Promise<Informed> {
    return this.options.informed(place);
  }

  async look(
    person: string,
    place: ReplyAddress,
    asked: Partial<TranscriptionOptions>,
  ): Promise<KnownSpeaker> {
    const speaker = { platform: 'discord', author: { id: person }, replyTo: place };
    const [agrees, options] = await Promise.all([this.agrees(person), this.options.of(asked, speaker)]);
    return { agrees, options };
  }
}
