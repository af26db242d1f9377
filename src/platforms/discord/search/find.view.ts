import { TimestampStyles, bold, channelMention, hideLinkEmbed, time } from 'discord.js';
import { PassagePiece } from '../../../core/found-passage';
import { Phrasebook } from '../../../core/phrasebook';
import { Hit, HitPage } from '../../../core/search.service';
import { clockTime } from '../../../core/clock-time';
import { DISCORD_LIMITS } from '../discord-limits';
import { DISCORD_MARKUP } from '../discord.markup';
import { Row, buttonRow } from '../panels/component-rows';
import { findId } from './find-id';

const LONGEST_NAME = 40;
/** For each of the hits of a page; the rest is for what stands around them. */
const LONGEST_HIT = 370;

export interface Findings {
  words: string;
  page: HitPage;
  /** By job id. */
  links: ReadonlyMap<string, string>;
  /** Discord was not asked about all threads. */
  whole: boolean;
}

/** What was found, for the eyes of whoever asked. */
export function findView(
  { words, page, links, whole }: Findings,
  phrasebook: Phrasebook,
  locale: string,
): { content: string; components: Row[] } {
  const say: Say = (key, params) => phrasebook.say(locale, key, params);
  const { hits, next } = page;
  const title = say(hits.length > 0 ? 'find.found' : 'find.nothing', { words });
  const lines = [
    bold(DISCORD_MARKUP.escape(title)),
    ...hits.map((hit) => hitText(hit, links.get(hit.job.id), say)),
    ...(whole ? [] : [DISCORD_MARKUP.small(say('find.leftOut'))]),
  ];
  return {
    content: lines.join('\n').slice(0, DISCORD_LIMITS.messageCharacters),
    components:
      next === undefined
        ? []
        : [buttonRow([{ id: findId({ words, before: next }), label: say('find.next') }])],
  };
}

type Say = (key: string, params?: Record<string, string>) => string;

function hitText({ job, passage }: Hit, link: string | undefined, say: Say): string {
  const { author, replyTo, createdAt } = job;
  const place = replyTo?.workspace === undefined ? undefined : (replyTo.thread ?? replyTo.channel);
  const head = [
    bold(DISCORD_MARKUP.escape((author.name ?? author.id).slice(0, LONGEST_NAME))),
    time(createdAt, TimestampStyles.ShortDateTime),
    ...(place === undefined ? [] : [channelMention(place)]),
    ...(passage.at === undefined ? [] : [say('find.at', { time: clockTime(passage.at) })]),
    ...(link === undefined ? [] : [hideLinkEmbed(link)]),
  ].join(' · ');
  return `${head}\n> ${quoted(passage.pieces, LONGEST_HIT - head.length)}`;
}

/** As many pieces as there is room for. */
function quoted(pieces: readonly PassagePiece[], room: number): string {
  let text = '';
  for (const piece of pieces) {
    const words = DISCORD_MARKUP.escape(piece.text.replace(/\s+/g, ' '));
    const next = text + (piece.found ? bold(words) : words);
    if (next.length > room) return `${text}…`;
    text = next;
  }
  return text;
}
