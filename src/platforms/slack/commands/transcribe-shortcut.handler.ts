import { Injectable } from '@nestjs/common';
import { Answer } from '../../../core/answer';
import { isPrivate } from '../../../core/answer-outlets';
import { AnswerStore } from '../../../core/answer-store';
import { Phrasebook } from '../../../core/phrasebook';
import { Gesture } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { SlackResponse } from '../interactions/slack.response';
import { FileFactsService } from '../notes/file-facts.service';
import { SlackPeopleService } from '../slack-people.service';
import { sourcesOf, speakerOf } from '../slack.mapper';
import { CommandedNotesService } from './commanded-notes.service';

const TIMEOUT_MS = 10_000;

/** *Transcribe* in a message's menu. */
@Injectable()
export class TranscribeShortcutHandler extends GestureHandler {
  constructor(
    private readonly notes: CommandedNotesService,
    private readonly answers: AnswerStore,
    private readonly files: FileFactsService,
    private readonly people: SlackPeopleService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes({ message }: Gesture): boolean {
    return message !== undefined;
  }

  async handle(gesture: Gesture, response: SlackResponse): Promise<void> {
    const { team } = gesture;
    if (!gesture.message) return;
    const message = await this.files.complete(gesture.message, team, AbortSignal.timeout(TIMEOUT_MS));
    const sources = sourcesOf(message, { team, asked: true });
    const { channel, ts, thread_ts } = message;
    const { locale } = await this.people.find(team, gesture.user);
    if (sources.length === 0) return response.tell(this.phrasebook.say(locale, 'answer.nothingToRead'));
    if ((await this.answers.ofMessage('slack', channel, ts)).some(stands)) {
      return response.tell(this.phrasebook.say(locale, 'answer.alreadyThere'));
    }
    await this.notes.take(gesture, {
      sources,
      speaker: speakerOf(message),
      options: {},
      message: ts,
      thread: thread_ts ?? ts,
    });
  }
}

/** Everybody can read it below the message, or will soon. */
function stands(answer: Answer): boolean {
  const stopped = answer.parts.some(({ job }) => job.status === 'failed' || job.status === 'cancelled');
  return !stopped && !isPrivate(answer);
}
