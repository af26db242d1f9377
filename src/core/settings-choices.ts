import { MenuWords, Choice } from './menu-words';
import { languagesForMenu } from './language-menu';
import { Preferences } from './preference-store';

export const SCOPES = ['channel', 'server'] as const;
export type SettingsScope = (typeof SCOPES)[number];

/** One thing that admins decide, with what there is to choose from. */
export interface Setting {
  label: string;
  choices: Choice[];
  current: string;
  change(value: string): Preferences;
}

export type SettingName = 'automatic' | 'language' | 'who-may-ask' | 'erase';

/** What a channel leaves to its server. */
const INHERIT = 'inherit';

/**
 * The settings of a channel or a server, in the order of the panel.
 *
 * @param inherit key of the words for what a channel leaves to its server
 */
export function settingsOf(
  scope: SettingsScope,
  chosen: Preferences,
  {
    phrasebook,
    locale,
    mostChoices,
    inherit = 'settings.automaticInherit',
  }: MenuWords & { inherit?: string },
): Map<SettingName, Setting> {
  const say = (key: string): string => phrasebook.say(locale, key);
  const choice = (value: string, key: string): Choice => ({ value, label: say(key) });
  const inherited = scope === 'channel' ? [choice(INHERIT, inherit)] : [];
  const unset = (otherwise: string): string => (scope === 'channel' ? INHERIT : otherwise);
  const given = <T extends string>(value: string): T | undefined =>
    value === INHERIT ? undefined : (value as T);
  const languages = languagesForMenu(mostChoices - 1 - inherited.length, [chosen.language], locale);

  const settings: [SettingName, Setting][] = [
    [
      'automatic',
      {
        label: say('settings.automatic'),
        choices: [...inherited, choice('on', 'settings.automaticOn'), choice('off', 'settings.automaticOff')],
        current: chosen.automatic === undefined ? unset('off') : onOff(chosen.automatic),
        change: (value) => ({ automatic: value === INHERIT ? undefined : value === 'on' }),
      },
    ],
    [
      'language',
      {
        label: say('settings.language'),
        choices: [...inherited, choice('auto', 'settings.languageAuto'), ...languages],
        current: chosen.language ?? unset('auto'),
        change: (value) => ({ language: given(value) }),
      },
    ],
    [
      'who-may-ask',
      {
        label: say('settings.whoMayAsk'),
        choices: [
          ...inherited,
          choice('everyone', 'settings.everyone'),
          choice('author', 'settings.author'),
          choice('nobody', 'settings.nobody'),
        ],
        current: chosen.whoMayAsk ?? unset('everyone'),
        change: (value) => ({ whoMayAsk: given(value) }),
      },
    ],
  ];
  if (scope === 'server') {
    const choices = [
      choice('on', 'settings.eraseWithMessageOn'),
      choice('off', 'settings.eraseWithMessageOff'),
    ];
    settings.push([
      'erase',
      {
        label: say('settings.eraseWithMessage'),
        choices,
        current: onOff(chosen.eraseWithMessage ?? true),
        change: (value) => ({ eraseWithMessage: value === 'on' }),
      },
    ]);
  }
  return new Map(settings);
}

function onOff(value: boolean): string {
  return value ? 'on' : 'off';
}
