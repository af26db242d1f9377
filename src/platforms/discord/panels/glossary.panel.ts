import { AttachmentBuilder, bold } from 'discord.js';
import { GlossaryView } from '../../../core/glossary-view';
import { Phrasebook } from '../../../core/phrasebook';
import { attached } from '../attached-text';
import { DISCORD_MARKUP } from '../discord.markup';
import { MOST_CHOICES } from '../interactions/language-suggestions';
import { Row, menuRow } from './component-rows';
import { panelId } from './panel-id';

/** Longer lists are a file. */
const LONGEST_LIST = 1_200;

/** A server's glossary, and what there is to decide. @param news what has just happened */
export function glossaryPanel(
  view: GlossaryView,
  phrasebook: Phrasebook,
  locale: string,
  news?: string,
): { content: string; components: Row[]; files: AttachmentBuilder[] } {
  const list = view.terms.map((term) => DISCORD_MARKUP.escape(term)).join(', ');
  const fits = list.length <= LONGEST_LIST;
  const offered = view.suggestions.slice(0, MOST_CHOICES);
  const menu = (name: 'accept' | 'dismiss'): Row =>
    menuRow(panelId('glossary', name), offered, undefined, phrasebook.say(locale, `glossary.${name}`));
  return {
    content: [
      ...(news === undefined ? [] : [news, '']),
      bold(view.title),
      view.lead,
      view.count,
      ...(fits && list !== '' ? [list] : []),
      ...(view.unused === undefined ? [] : [view.unused]),
      ...(view.suggested === undefined ? [] : ['', view.suggested]),
    ].join('\n'),
    components: offered.length > 0 ? [menu('accept'), menu('dismiss')] : [],
    files: fits ? [] : [attached({ name: 'glossary.txt', text: `${view.terms.join('\n')}\n` })],
  };
}
