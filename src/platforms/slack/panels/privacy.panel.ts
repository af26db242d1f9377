import { Phrasebook } from '../../../core/phrasebook';
import { PrivacyView } from '../../../core/privacy-view';
import { Block, Shown, buttonsBlock, headerBlock, menuBlock, plainBlocks } from './blocks';
import { panelId } from './panel-id';

export const LANGUAGE_MENU = 'language';
export const SUMMARIZER_MENU = 'summarizer';

/** What people see and choose of their own voice. @param news what has just happened */
export function privacyPanel(view: PrivacyView, news?: string): Shown {
  const blocks: Block[] = [
    ...(news === undefined ? [] : plainBlocks(news)),
    headerBlock(view.title),
    ...plainBlocks(view.lines.join('\n')),
    menuBlock({
      actionId: panelId('privacy', LANGUAGE_MENU),
      blockId: panelId('privacy', LANGUAGE_MENU),
      label: view.languages.find(({ value }) => value === view.language)?.label ?? view.language,
      choices: view.languages,
      current: view.language,
    }),
    ...(view.summarizers.length > 0 ? [summarizerMenu(view)] : []),
    buttonsBlock(
      panelId('privacy', 'actions'),
      view.actions.map(({ action, label, danger }) => ({
        actionId: panelId('privacy', action),
        label,
        ...(danger && { style: 'danger' }),
      })),
    ),
  ];
  return { text: view.title, blocks };
}

function summarizerMenu({ summarizers, summarizer: current }: PrivacyView): Block {
  const id = panelId('privacy', SUMMARIZER_MENU);
  const label = summarizers.find(({ value }) => value === current)?.label ?? '';
  return menuBlock({ actionId: id, blockId: id, label, choices: summarizers, current });
}

/** Asks once more before everything is erased. */
export function erasureQuestion(phrasebook: Phrasebook, locale: string | undefined): Shown {
  const say = (key: string): string => phrasebook.say(locale, key);
  const text = say('consent.eraseConfirm');
  return {
    text,
    blocks: [
      ...plainBlocks(text),
      buttonsBlock(panelId('privacy', 'confirm'), [
        { actionId: panelId('privacy', 'erase-now'), label: say('buttons.confirm'), style: 'danger' },
        { actionId: panelId('privacy', 'show'), label: say('buttons.cancel') },
      ]),
    ],
  };
}
