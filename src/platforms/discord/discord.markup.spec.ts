import { readContent } from '../../../test/support/discord-reader';
import { splitText } from '../../core/text-splitter';
import { DISCORD_LIMITS } from './discord-limits';
import { DISCORD_MARKUP } from './discord.markup';

const { escape } = DISCORD_MARKUP;
const LIVE = [
  '**bold** *italic* _italic_ __underlined__ ~~struck~~ ||hidden||',
  '`code` ``co`de`` ```js\nlet a = 1;\n```',
  '@everyone @here <@80351110224678912> <@!80351110224678912> <@&165511591545143296> <#103735883630395392>',
  '</transcribe:123456789012345678> <id:customize> <t:1700000000:R> <:blob:123456789012345678> <a:wave:123456789012345678>',
  ':smile: :+1: :man-shrugging:',
  'https://example.org/a_b_c?d=*e* http://example.org <https://example.org> [text](https://example.org)',
  'discord.gg/abc discord.com/invite/abc <mailto:somebody@example.org>',
  '# head\n## head\n### head\n-# small\n> quote\n>>> quotes\n- item\n* item\n+ item\n1. first\n2) second',
];
const PLAIN = [
  'Nothing to see here, at 12:30 or 3.5 % of it – said she; (twice!)',
  'C:\\temp\\new and ¯\\_(ツ)_/¯ and \\*not bold\\*',
  'naïve 日本語 👩‍👩‍👧 السلام عليكم',
  'a@b.example, e.g. 5 > 3 < 7 & so on, #1 - the best',
];

describe("Discord's markup", () => {
  it.each(LIVE)('makes %j mere words', (text) => {
    expect(readContent(text).marks).not.toEqual([]);
    expect(readContent(escape(text))).toEqual({ text, marks: [] });
  });

  it.each(PLAIN)('leaves %j as it reads', (text) => {
    expect(readContent(escape(text))).toEqual({ text, marks: [] });
  });

  it('is not outwitted by any combination', () => {
    const pieces = [
      ...[...LIVE, ...PLAIN].flatMap((text) => text.split(' ')),
      '\n',
      ' ',
      '\\',
      '\\\\',
      '<',
      ':',
    ];
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    for (let round = 0; round < 5_000; round += 1) {
      const text = Array.from({ length: 1 + next(6) }, () => pieces[next(pieces.length)])
        .join('')
        .trim();
      expect([text, readContent(escape(text))]).toEqual([text, { text, marks: [] }]);
    }
  });

  it('holds in every message that a text of nine thousand characters is cut into', () => {
    const text = LIVE.join(' ').repeat(20).slice(0, 9_000).trim();
    const chunks = splitText(text, DISCORD_LIMITS.messageCharacters, (chunk) => escape(chunk).length);
    const read = chunks.map((chunk) => {
      expect(escape(chunk).length).toBeLessThanOrEqual(DISCORD_LIMITS.messageCharacters);
      return readContent(escape(chunk));
    });
    expect(read.flatMap(({ marks }) => marks)).toEqual([]);
    expect(
      read
        .map((chunk) => chunk.text)
        .join(' ')
        .split(/\s+/),
    ).toEqual(text.split(/\s+/));
  });

  it('writes what hark says itself', () => {
    expect(readContent(DISCORD_MARKUP.bold('Recording 1 of 2'))).toEqual({
      text: 'Recording 1 of 2',
      marks: ['bold'],
    });
    expect(readContent(DISCORD_MARKUP.small('0:07'))).toEqual({ text: '0:07', marks: ['small'] });
  });
});
