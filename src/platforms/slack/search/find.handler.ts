import { Injectable } from '@nestjs/common';
import { Phrasebook } from '../../../core/phrasebook';
import { SearchService } from '../../../core/search.service';
import { Gesture } from '../interactions/gesture';
import { GestureHandler } from '../interactions/gesture.handler';
import { SlackResponse } from '../interactions/slack.response';
import { partsOf } from '../panels/panel-id';
import { SlackPeopleService } from '../slack-people.service';
import { SLACK_COMMANDS } from '../slack-subscriptions';
import { NextSearch, findView } from './find.view';
import { SlackLinksService } from './slack-links.service';
import { SlackReachService } from './slack-reach.service';

/** Whoever types more looks for the beginning of it. */
const LONGEST_SEARCH = 300;

/** `/find <words>`, and the button below what it has found. Only whoever asks sees what is found. */
@Injectable()
export class FindHandler extends GestureHandler {
  constructor(
    private readonly search: SearchService,
    private readonly reach: SlackReachService,
    private readonly links: SlackLinksService,
    private readonly people: SlackPeopleService,
    private readonly phrasebook: Phrasebook,
  ) {
    super();
  }

  takes({ command, action }: Gesture): boolean {
    return command === SLACK_COMMANDS.find || partsOf('find', action?.id ?? '') !== undefined;
  }

  async handle(gesture: Gesture, response: SlackResponse): Promise<void> {
    const { team, user, text, action } = gesture;
    const { locale } = await this.people.find(team, user);
    const { words, before } = action ? nextOf(action.value) : { words: text.slice(0, LONGEST_SEARCH) };
    if (words === '') return response.tell(this.phrasebook.say(locale, 'find.usage'));
    this.search.admit('slack', `${team}:${user}`, words);
    const { reach, whole } = await this.reach.of(team, user);
    const page = await this.search.find(words, reach, before);
    const links = await this.links.of(team, page.hits);
    const shown = findView({ words, page, links, whole }, this.phrasebook, locale);
    await (action ? response.replace(shown) : response.show(shown));
  }
}

/** The words and the place in the list, as the button has them. */
function nextOf(value: string | undefined): { words: string } & Partial<NextSearch> {
  try {
    const { words, before } = JSON.parse(value ?? '') as Record<string, unknown>;
    if (typeof words === 'string' && typeof before === 'string') return { words, before };
  } catch {
    // Not a button of this version's.
  }
  return { words: '' };
}
