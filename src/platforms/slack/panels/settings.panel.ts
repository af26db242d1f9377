import { Phrasebook } from '../../../core/phrasebook';
import { Preferences } from '../../../core/preference-store';
import { SCOPES, SettingsScope, settingsOf } from '../../../core/settings-choices';
import {
  Block,
  MOST_CHOICES,
  Shown,
  buttonsBlock,
  headerBlock,
  markedBlock,
  menuBlock,
  smallBlock,
} from './blocks';
import { panelId } from './panel-id';

export const INHERIT = 'settings.automaticInheritWorkspace';

export interface SettingsState {
  scope: SettingsScope;
  channelId: string;
  /** What the scope has chosen. */
  chosen: Preferences;
  /** May change the workspace's settings, too. */
  admin: boolean;
  /** hark is no member of the channel. */
  absent: boolean;
}

/** What happens in a channel or workspace, and what may be chosen. The channel's id is the last part of each block's. */
export function settingsPanel(state: SettingsState, phrasebook: Phrasebook, locale: string): Shown {
  const say = (key: string): string => phrasebook.say(locale, key);
  const { scope, channelId, chosen, admin, absent } = state;
  const words = { phrasebook, locale, mostChoices: MOST_CHOICES, inherit: INHERIT };
  const scopes = SCOPES.map((each) => ({
    actionId: panelId('settings', each, 'show'),
    label: say(each === 'channel' ? 'settings.forChannel' : 'settings.forWorkspace'),
    ...(each === scope && { style: 'primary' as const }),
  }));
  const limits = {
    actionId: panelId('settings', 'limits', 'members', 'show'),
    label: say('limits.title'),
  };
  const blocks: Block[] = [
    headerBlock(say('settings.title')),
    markedBlock([scope === 'channel' ? `<#${channelId}>` : say('settings.forWorkspace')]),
    ...(admin ? [buttonsBlock(panelId('settings', 'scopes', channelId), [...scopes, limits])] : []),
    ...[...settingsOf(scope, chosen, words)].map(([name, { label, choices, current }]) =>
      menuBlock({
        actionId: panelId('settings', scope, name),
        blockId: panelId('settings', scope, name, channelId),
        label,
        choices,
        current,
      }),
    ),
    ...(absent ? [smallBlock(say('settings.inviteFirst'))] : []),
  ];
  return { text: say('settings.title'), blocks };
}
