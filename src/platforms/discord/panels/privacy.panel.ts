import { ButtonStyle, bold } from 'discord.js';
import { Phrasebook } from '../../../core/phrasebook';
import { PrivacyView } from '../../../core/privacy-view';
import { Row, buttonRow, menuRow } from './component-rows';
import { panelId } from './panel-id';

const LANGUAGE_MENU = 'language';
export const SUMMARIZER_MENU = 'summarizer';

type Panel = { content: string; components: Row[] };

/** What people see and choose of their own voice. @param news what has just happened */
export function privacyPanel(view: PrivacyView, news?: string): Panel {
  const buttons = view.actions.map(({ action, label, danger }) => ({
    id: panelId('privacy', action),
    label,
    ...(danger && { style: ButtonStyle.Danger as const }),
  }));
  return {
    content: [...(news === undefined ? [] : [news, '']), bold(view.title), ...view.lines].join('\n'),
    components: [
      buttonRow(buttons),
      menuRow(panelId('privacy', LANGUAGE_MENU), view.languages, view.language),
      ...(view.summarizers.length > 0
        ? [menuRow(panelId('privacy', SUMMARIZER_MENU), view.summarizers, view.summarizer)]
        : []),
    ],
  };
}

/** Asks once more before everything is erased. */
export function erasureQuestion(phrasebook: Phrasebook, locale: string): Panel {
  const say = (key: string): string => phrasebook.say(locale, key);
  return {
    content: say('consent.eraseConfirm'),
    components: [
      buttonRow([
        { id: panelId('privacy', 'erase-now'), label: say('buttons.confirm'), style: ButtonStyle.Danger },
        { id: panelId('privacy', 'show'), label: say('buttons.cancel') },
      ]),
    ],
  };
}
