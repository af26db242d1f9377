import { types } from '@slack/bolt';
import { LimitsTarget, targetName } from '../../../core/limits-choices';
import { LimitsView } from '../../../core/limits-view';
import { Phrasebook } from '../../../core/phrasebook';
import { SlackGroup } from '../slack-groups.service';
import {
  Block,
  MOST_CHOICES,
  Shown,
  buttonsBlock,
  headerBlock,
  markedBlock,
  menuBlock,
  plainBlocks,
} from './blocks';
import { panelId } from './panel-id';

/** What stands for a target where one is to be chosen by the menu's value. */
export const PICKS = { role: 'pick-role', user: 'pick-user' } as const;

export interface LimitsPlace {
  channelId: string;
  groups: readonly SlackGroup[];
}

/** What admins see and choose of limits. The channel's id is the last part of each block's. */
export function limitsPanel(
  view: LimitsView,
  { channelId, groups }: LimitsPlace,
  phrasebook: Phrasebook,
  locale: string,
): Shown {
  const say = (key: string): string => phrasebook.say(locale, key);
  const { target, targets, menus, exceptions } = view;
  const name = targetName(target);
  const chosen = targets.find((each) => targetName(each.target) === name)?.label ?? '';
  const id = (...parts: string[]): string => panelId('settings', 'limits', ...parts);
  const buttons = [
    ...targets.map((each) => ({
      actionId: id(targetName(each.target), 'show'),
      label: each.label,
      ...(targetName(each.target) === name && { style: 'primary' as const }),
    })),
    { actionId: panelId('settings', 'channel', 'show'), label: say('limits.back') },
  ];
  const blocks: Block[] = [
    headerBlock(view.title),
    markedBlock([mentionOf(target) ?? chosen]),
    ...plainBlocks(view.lines.join('\n')),
    buttonsBlock(id('targets', channelId), buttons),
    ...menus.map((menu) => ({
      ...menuBlock({
        actionId: id(name, menu.name),
        blockId: id(name, menu.name, channelId),
        label: menu.label,
        choices: menu.choices,
        current: menu.current,
      }),
    })),
    ...(exceptions.length > 0
      ? [markedBlock(exceptions.map(({ of, limits }) => `${mention(of)}: ${limits}`))]
      : []),
    ...(groups.length > 0 ? [groupsBlock(groups, id(PICKS.role), id(PICKS.role, channelId), say)] : []),
    peopleBlock(id(PICKS.user), id(PICKS.user, channelId), say('limits.otherPeople')),
  ];
  return { text: view.title, blocks };
}

function groupsBlock(
  groups: readonly SlackGroup[],
  actionId: string,
  blockId: string,
  say: (key: string) => string,
): Block {
  const choices = groups.slice(0, MOST_CHOICES).map(({ id, name }) => ({ value: id, label: `@${name}` }));
  return menuBlock({ actionId, blockId, label: say('limits.otherGroups'), choices });
}

function peopleBlock(actionId: string, blockId: string, label: string): Block {
  const accessory: types.UsersSelect = { type: 'users_select', action_id: actionId };
  return { type: 'section', block_id: blockId, text: { type: 'plain_text', text: label }, accessory };
}

function mentionOf(target: LimitsTarget): string | undefined {
  return 'id' in target ? mention({ [target.kind]: target.id }) : undefined;
}

function mention({ role, user }: { role?: string; user?: string }): string {
  return role === undefined ? `<@${user}>` : `<!subteam^${role}>`;
}
