import { Injectable } from '@nestjs/common';
import { termsIn } from '../../../core/glossary-term';
import { glossaryView } from '../../../core/glossary-view';
import { GlossaryService } from '../../../core/glossary.service';
import { Phrasebook } from '../../../core/phrasebook';
import { isHarkCommand } from '../commands/hark-command';
import { Gesture, SentForm } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { ResponsesService } from '../interactions/responses.service';
import { SlackResponse } from '../interactions/slack.response';
import { SlackPeopleService, SlackPerson, personOf } from '../slack-people.service';
import { GLOSSARY_FORM, glossaryForm } from './glossary.form';

/** `/hark glossary` and its form: names and terms to expect in a workspace, for its admins. */
@Injectable()
export class GlossaryHandler extends GestureHandler {
  constructor(
    private readonly glossary: GlossaryService,
    private readonly people: SlackPeopleService,
    private readonly responses: ResponsesService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes(gesture: Gesture): boolean {
    return isHarkCommand(gesture, 'glossary') || gesture.form?.name === `hark-form:${GLOSSARY_FORM}`;
  }

  async handle(gesture: Gesture, response: SlackResponse): Promise<void> {
    const { team, user, form } = gesture;
    const person = await this.people.find(team, user);
    const { locale } = person;
    // Looked at every time, for people cease to be admins.
    if (!person.admin) return response.tell(this.phrasebook.say(locale, 'glossary.needAdmin'));
    if (form) return response.tell(await this.change(team, person, form));
    const list = await this.glossary.list({ platform: 'slack', id: team });
    await this.responses.open(
      gesture,
      glossaryForm(glossaryView(list, this.phrasebook, locale), this.phrasebook, locale),
    );
  }

  /** All that the form asks for; what was done, in words. @throws HarkError `term_invalid` or `glossary_full` */
  private async change(team: string, person: SlackPerson, { values }: SentForm): Promise<string> {
    const place = { platform: 'slack', id: team };
    const by = personOf(person);
    const { add: [typed = ''] = [], remove = [], accept = [], dismiss = [] } = values;
    const done: string[] = [];
    const say = (key: string, count: number): unknown =>
      done.push(this.phrasebook.say(person.locale, key, { count }));
    const added = [typed, ...accept].filter((term) => term.trim() !== '').join('\n');
    // All of it, or nothing.
    if (added !== '') termsIn(added);
    if (remove.length > 0) say('glossary.removed', await this.glossary.remove(place, remove.join('\n'), by));
    if (added !== '') say('glossary.added', (await this.glossary.add(place, added, by)).length);
    for (const term of dismiss) await this.glossary.dismiss(place, term, by);
    if (dismiss.length > 0) say('glossary.dismissed', dismiss.length);
    return done.length > 0 ? done.join('\n') : this.phrasebook.say(person.locale, 'fix.unchanged');
  }
}
