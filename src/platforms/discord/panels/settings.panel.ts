import { ButtonStyle, bold, channelMention, subtext } from 'discord.js';
import { isAutomatic } from '../../../core/consent';
import { Phrasebook } from '../../../core/phrasebook';
import { Preferences } from '../../../core/preference-store';
import { SCOPES, SettingsScope, settingsOf } from '../../../core/settings-choices';
import { MOST_CHOICES } from '../interactions/language-suggestions';
import { Button, Row, buttonRow, menuRow } from './component-rows';
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
  /** hark joins voice channels, where the server lets it. */
  joinsVoice: boolean;
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
  const listen = listenButton(state, say);
  const limits = { id: panelId('limits', 'members', 'show'), label: say('limits.title') };
  return {
    content: [`${bold(say('settings.title'))} · ${place}`, ...lines, ...warnings(state, say)].join('\n'),
    components: [
      buttonRow([...scopes, limits, ...(listen ? [listen] : [])]),
      ...settings.map(([name, { label, choices, current }]) => {
        const named = choices.map((each) => ({ ...each, label: `${label}: ${each.label}` }));
        return menuRow(panelId('settings', scope, name), named, current);
      }),
    ],
  };
}

/** There is no room for another menu. */
function listenButton(
  { scope, server, joinsVoice }: SettingsState,
  say: (key: string) => string,
): Button | undefined {
  if (!joinsVoice || scope !== 'server') return undefined;
  const now = say(maySwitchOn(server) ? 'settings.listenOff' : 'settings.listenOn');
  return { id: panelId('settings', 'server', 'listen'), label: `${say('settings.listen')}: ${now}` };
}

/** Whether what the button switches is off. */
function maySwitchOn({ features }: Preferences): boolean {
  return features?.listen === false;
}

/** What keeps the choice from having its effect. */
function warnings(state: SettingsState, say: (key: string) => string): string[] {
  if (!isAutomatic(state)) return [];
  return [
    ...(state.readsContent ? [] : [subtext(`⚠️ ${say('settings.noContent')}`)]),
    ...(state.mayAnswer ? [] : [subtext(`⚠️ ${say('settings.noPermission')}`)]),
  ];
}
