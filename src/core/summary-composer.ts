import { ChatMarkup } from './answer-composer';
import { PlatformLimits } from './chat-platform';
import { Phrasebook } from './phrasebook';
import { SummaryDraft } from './summary-desk.service';
import { splitText } from './text-splitter';

export interface SummaryComposerOptions {
  limits: Pick<PlatformLimits, 'messageCharacters'>;
  markup: ChatMarkup;
  phrasebook: Phrasebook;
  locale: string | undefined;
}

/** Summaries as one message, within the platform's limits and in its own writing, also while they are written. Pure. */
export function composeSummary(drafts: readonly SummaryDraft[], options: SummaryComposerOptions): string {
  const { limits, markup, phrasebook, locale } = options;
  const say = (key: string, params?: Record<string, string | number>): string =>
    phrasebook.say(locale, key, params);
  const share = Math.floor(limits.messageCharacters / drafts.length) - 2;
  const blocks = drafts.map(({ part, text, summary, error }) => {
    const title =
      drafts.length > 1 ? say('summary.titleOf', { n: part.job.position + 1 }) : say('summary.title');
    const head = `${markup.bold(title)}\n`;
    const remark = error
      ? phrasebook.error(locale, { code: error.code, message: error.userMessage, params: error.params })
      : summary
        ? say(`summary.${summary.way}`, { madeBy: summary.madeBy })
        : say('summary.writing');
    const foot = `\n${markup.small(markup.escape(remark))}`;
    const room = Math.max(1, share - head.length - foot.length - 2);
    const [beginning = '', more] = splitText(text, room, (piece) => markup.escape(piece).length);
    return `${head}${markup.escape(beginning)}${more === undefined ? '' : ' …'}${foot}`;
  });
  return blocks.join('\n\n');
}
