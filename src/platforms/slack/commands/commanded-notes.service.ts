import { Injectable } from '@nestjs/common';
import { Clock } from '../../../core/clock';
import { NoteIntakeService } from '../../../core/note-intake.service';
import { MediaSource, TranscriptionOptions } from '../../../core/voice-note';
import { Gesture } from '../interactions/gesture';
import { addressOfGesture } from '../slack-address.mapper';
import { SlackPeopleService, personOf } from '../slack-people.service';

export interface Commanded {
  sources: readonly MediaSource[];
  /** Id of who speaks. */
  speaker: string;
  options: Partial<TranscriptionOptions>;
  /** The message that they are of, and the thread that it is in. */
  message?: string;
  thread?: string;
}

/** Takes in what a command or shortcut names. From then on the platform shows how far it is. */
@Injectable()
export class CommandedNotesService {
  constructor(
    private readonly intake: NoteIntakeService,
    private readonly people: SlackPeopleService,
    private readonly clock: Clock,
  ) {}

  /** @throws HarkError when some of them may not come in */
  async take(gesture: Gesture, { sources, speaker, options, message, thread }: Commanded): Promise<void> {
    const heardAt = this.clock.now();
    const { locale, ...requester } = await this.people.asker(gesture.team, gesture.user);
    const { refusal } = await this.intake.take(sources, {
      author: personOf(await this.people.find(gesture.team, speaker)),
      requester,
      trigger: 'request',
      private: false,
      options,
      replyTo: addressOfGesture(gesture, { ephemeral: false, heardAt, locale, message, thread }),
    });
    if (refusal) throw refusal;
  }
}
