import { Injectable } from '@nestjs/common';
import { Answer } from '../../../core/answer';
import { AnswerLookupService } from '../../../core/answer-lookup.service';
import { Phrasebook } from '../../../core/phrasebook';
import { Gesture } from '../interactions/gesture';
import { SlackResponse } from '../interactions/slack.response';
import { parseActionId } from '../slack-action-id';
import { Member } from '../../../core/voice-note';
import { SlackPeopleService, SlackPerson } from '../slack-people.service';
import { answerOfBlock } from './answer-block';

export interface AnswerGesture {
  answer: Answer;
  person: SlackPerson;
  /** The same one, as somebody who asks. */
  asker: Member;
  locale?: string;
}

/** Finds out which answer a button or menu belongs to, and who used it. */
@Injectable()
export class AnswerGesturesService {
  constructor(
    private readonly answers: AnswerLookupService,
    private readonly people: SlackPeopleService,
    private readonly phrasebook: Phrasebook,
  ) {}

  /** Undefined when it was erased, or is not this user's to read: then they have been told. */
  async find({ team, user, action }: Gesture, response: SlackResponse): Promise<AnswerGesture | undefined> {
    const isMenu = parseActionId(action?.id ?? '')?.startsWith('retry-');
    const id = isMenu ? answerOfBlock(action?.block ?? '') : action?.value;
    const answer = await this.answers.find(id, user);
    const person = await this.people.find(team, user);
    if (answer) {
      const { locale, ...asker } = await this.people.asker(team, user);
      return { answer, person, asker, locale };
    }
    await response.tell(this.phrasebook.say(person.locale, 'answer.gone'));
    return undefined;
  }
}
