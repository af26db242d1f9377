import { types } from '@slack/bolt';
import { TranscriptionJob } from '../../../core/job';
import { Phrasebook } from '../../../core/phrasebook';
import { headOf } from '../commands/status.view';
import { Block, Shown, headerBlock, markedBlock, plainBlocks } from '../panels/blocks';
import { panelId } from '../panels/panel-id';
import { HomeState } from './home-state';

const LONGEST_EXCERPT = 500;

export interface HomeContent {
  state: HomeState;
  /** The user's own recordings that fit the search, newest first. */
  jobs: readonly TranscriptionJob[];
  /** The parts of other panels. */
  privacy: Shown;
  /** A sentence where the settings are not for this user. */
  settings?: Shown | string;
}

/** The App Home: one's transcripts, what may be done with one's voice, and the settings of a channel. */
export function homeView(
  content: HomeContent,
  phrasebook: Phrasebook,
  locale: string | undefined,
): types.HomeView {
  const say = (key: string): string => phrasebook.say(locale, key);
  const { state, settings } = content;
  const divider: Block = { type: 'divider' };
  const shownSettings = typeof settings === 'string' ? plainBlocks(settings) : (settings?.blocks ?? []);
  return {
    type: 'home',
    private_metadata: JSON.stringify(state),
    blocks: [
      headerBlock(say('home.transcripts')),
      searchBlock(state.search, say),
      ...transcripts(content, phrasebook, locale),
      divider,
      ...content.privacy.blocks,
      divider,
      channelBlock(state.channel, say),
      ...shownSettings,
    ],
  };
}

function transcripts(
  { jobs, state }: HomeContent,
  phrasebook: Phrasebook,
  locale: string | undefined,
): Block[] {
  if (jobs.length === 0)
    return plainBlocks(phrasebook.say(locale, state.search ? 'home.nothingFound' : 'status.yoursNone'));
  return jobs.flatMap((job) => [
    markedBlock([headOf({ job, state: phrasebook.say(locale, `status.${job.status}`) })]),
    ...(job.text ? plainBlocks(excerpt(job.text)) : []),
  ]);
}

function excerpt(text: string): string {
  return text.length > LONGEST_EXCERPT ? `${text.slice(0, LONGEST_EXCERPT)} …` : text;
}

function searchBlock(search: string | undefined, say: (key: string) => string): Block {
  return {
    type: 'input',
    dispatch_action: true,
    optional: true,
    label: { type: 'plain_text', text: say('home.search') },
    element: {
      type: 'plain_text_input',
      action_id: panelId('home', 'search'),
      dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
      ...(search && { initial_value: search }),
    },
  };
}

function channelBlock(channel: string | undefined, say: (key: string) => string): Block {
  return {
    type: 'section',
    text: { type: 'plain_text', text: say('home.channel') },
    accessory: {
      type: 'conversations_select',
      action_id: panelId('home', 'channel'),
      placeholder: { type: 'plain_text', text: say('home.chooseChannel') },
      filter: { include: ['public', 'private'], exclude_bot_users: true },
      ...(channel && { initial_conversation: channel }),
    },
  };
}
