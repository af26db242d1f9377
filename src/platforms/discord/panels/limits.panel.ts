import { ButtonStyle, ComponentType, bold, roleMention, userMention } from 'discord.js';
import { targetName } from '../../../core/limits-choices';
import { LimitsView } from '../../../core/limits-view';
import { Phrasebook } from '../../../core/phrasebook';
import { Row, buttonRow, menuRow } from './component-rows';
import { panelId } from './panel-id';

/** Part of the id of the menu by which roles and people are chosen. */
const PICK = 'pick';

/** What admins see and choose of limits. Everything is shown in words, too: a closed menu does not say what it is for. */
export function limitsPanel(
  view: LimitsView,
  phrasebook: Phrasebook,
  locale: string,
): { content: string; components: Row[] } {
  const { target, targets, menus, exceptions } = view;
  const name = targetName(target);
  const whose = 'id' in target ? mention({ [target.kind]: target.id }) : undefined;
  const chosen = targets.find((each) => targetName(each.target) === name)?.label;
  const lines = menus.map(({ label, choices, current }) => {
    const choice = choices.find(({ value }) => value === current)?.label ?? current;
    return `- ${label}: ${bold(choice)}`;
  });
  const back = { id: panelId('settings', 'channel', 'show'), label: phrasebook.say(locale, 'limits.back') };
  return {
    content: [
      `${bold(view.title)} · ${whose ?? chosen ?? ''}`,
      ...view.lines,
      ...lines,
      ...(exceptions.length > 0 ? [''] : []),
      ...exceptions.map(({ of, limits }) => `- ${mention(of)}: ${limits}`),
    ]
      .join('\n')
      .slice(0, LONGEST_CONTENT),
    components: [
      buttonRow([
        ...targets.map((each) => ({
          id: panelId('limits', targetName(each.target), 'show'),
          label: each.label,
          style:
            targetName(each.target) === name
              ? (ButtonStyle.Primary as const)
              : (ButtonStyle.Secondary as const),
        })),
        back,
      ]),
      pickRow(view.others),
      ...menus.map(({ name: limit, label, choices, current }) => {
        const named = choices.map((each) => ({ ...each, label: `${label}: ${each.label}` }));
        return menuRow(panelId('limits', name, limit), named, current);
      }),
    ],
  };
}

const LONGEST_CONTENT = 2_000;

function pickRow(placeholder: string): Row {
  const menu = {
    type: ComponentType.MentionableSelect as const,
    custom_id: panelId('limits', PICK),
    placeholder,
  };
  return { type: ComponentType.ActionRow, components: [menu] };
}

function mention({ role, user }: { role?: string; user?: string }): string {
  return role === undefined ? userMention(user ?? '') : roleMention(role);
}
