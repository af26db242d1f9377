import { ButtonStyle, bold, channelMention, subtext } from 'discord.js';
import { isAutomatic } from '../../../core/consent';
import { Phrasebook } from '../../../core/phrasebook';
import { Preferences } from '../../../core/preference-store';
import { SCOPES, SettingsScope, settingsOf } from '../../../core/settings-choices';
import { MOST_CHOICES } from '../interactions/language-suggestions';
import { Row, buttonRow, menuRow } from './component-rows';
import { panelId } from './panel-id';

export interface SettingsState {
  scope: SettingsScope;
  channelId: string;
  channel: Preferences;
  server: Preferences;
  /** Discord lets hark read what is said in channels. */
  readsContent: boolean;
  /** hark may see this channel and write in it. */
  mayAnswer: boolean;
}

/** What admins see and choose. Everything is shown in words, too: a closed menu does not say what it is for. */
export function settingsPanel(
  state: SettingsState,
  phrasebook: Phrasebook,
  locale: string,
): { content: string; components: Row[] } {
  const say = (key: string): string => phrasebook.say(locale, key);
  const { scope, channelId } = state;
  const place = scope === 'channel' ? channelMention(channelId) : say('settings.forServer');
  const settings = [...settingsOf(scope, state[scope], { phrasebook, locale, mostChoices: MOST_CHOICES })];
  const lines = settings.map(([, { label, choices, current }]) => {
    const chosen = choices.find(({ value }) => value === current)?.label ?? current;
    return `- ${label}: ${bold(chosen)}`;
  });
  const scopes = SCOPES.map((each) => ({
    id: panelId('settings', each, 'show'),
    label: say(each === 'channel' ? 'settings.forChannel' : 'settings.forServer'),
    style: each === scope ? (ButtonStyle.Primary as const) : (ButtonStyle.Secondary as const),
  }));
  const limits = { id: panelId('limits', 'members', 'show'), label: say('limits.title') };
  return {
    content: [`${bold(say('settings.title'))} · ${place}`, ...lines, ...warnings(state, say)].join('\n'),
    components: [
      buttonRow([...scopes, limits]),
      ...settings.map(([name, { label, choices, current }]) => {
        const named = choices.map((each) => ({ ...each, label: `${label}: ${each.label}` }));
        return menuRow(panelId('settings', scope, name), named, current);
      }),
    ],
  };
}

/** What keeps the choice from having its effect. */
function warnings(state: SettingsState, say: (key: string) => string): string[] {
  if (!isAutomatic(state)) return [];
  return [
    ...(state.readsContent ? [] : [subtext(`⚠️ ${say('settings.noContent')}`)]),
    ...(state.mayAnswer ? [] : [subtext(`⚠️ ${say('settings.noPermission')}`)]),
  ];
}
