import { clockTime } from '../../../core/clock-time';
import { PassagePiece } from '../../../core/found-passage';
import { Phrasebook } from '../../../core/phrasebook';
import { Hit, HitPage } from '../../../core/search.service';
import { Block, Shown, buttonsBlock, headerBlock, markedBlock, smallBlock } from '../panels/blocks';
import { panelId } from '../panels/panel-id';
import { escapeMrkdwn } from '../slack.markup';

const LONGEST_NAME = 80;
type Say = (key: string, params?: Record<string, string>) => string;

export interface Findings {
  words: string;
  page: HitPage;
  /** By job id. */
  links: ReadonlyMap<string, string>;
  /** Slack was not asked about all channels. */
  whole: boolean;
}

/** What the button for the next page goes on with. */
export interface NextSearch {
  words: string;
  /** The last job that is shown already. */
  before: string;
}

/** What was found, for the eyes of whoever asked. */
export function findView(
  { words, page, links, whole }: Findings,
  phrasebook: Phrasebook,
  locale: string | undefined,
): Shown {
  const say: Say = (key, params) => phrasebook.say(locale, key, params);
  const title = say(page.hits.length > 0 ? 'find.found' : 'find.nothing', { words });
  const blocks: Block[] = [
    headerBlock(title),
    ...page.hits.map((hit) => markedBlock(hitLines(hit, links.get(hit.job.id), say))),
    ...(whole ? [] : [smallBlock(say('find.leftOut'))]),
    ...(page.next === undefined ? [] : [nextButton({ words, before: page.next }, say)]),
  ];
  return { text: escapeMrkdwn(title), blocks };
}

function nextButton(next: NextSearch, say: Say): Block {
  const button = { actionId: panelId('find', 'next'), label: say('find.next'), value: JSON.stringify(next) };
  return buttonsBlock(panelId('find', 'pages'), [button]);
}

function hitLines({ job, passage }: Hit, link: string | undefined, say: Say): string[] {
  const { author, replyTo, createdAt } = job;
  const seconds = Math.floor(createdAt.getTime() / 1_000);
  const channel = replyTo?.direct ? undefined : replyTo?.channel;
  const head = [
    `*${escapeMrkdwn((author.name ?? author.id).slice(0, LONGEST_NAME))}*`,
    `<!date^${seconds}^{date_short_pretty}, {time}|${createdAt.toISOString().slice(0, 16)}>`,
    ...(channel === undefined ? [] : [`<#${channel}>`]),
    ...(passage.at === undefined ? [] : [say('find.at', { time: clockTime(passage.at) })]),
    ...(link === undefined ? [] : [`<${link}|${escapeMrkdwn(say('find.show'))}>`]),
  ];
  return [head.join(' · '), `>${passage.pieces.map(marked).join('')}`];
}

function marked({ text, found }: PassagePiece): string {
  const words = escapeMrkdwn(text.replace(/\s+/g, ' '));
  return found ? `*${words}*` : words;
}
