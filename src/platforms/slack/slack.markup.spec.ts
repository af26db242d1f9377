import { readBlocks, readMarkup } from '../../../test/support/slack-reader';
import { Json } from '../../../test/support/slack-server/slack-model';
import { blocksOf, fallbackOf } from './posting/message.blocks';
import { escapeMrkdwn, SLACK_MARKUP } from './slack.markup';

const HOSTILE = [
  '<!channel>',
  '<!here|here>',
  '<@U024BE7LH>',
  '<#C024BE7LR|general>',
  '<https://example.org|click>',
  '<mailto:a@example.org>',
  'https://example.org/?a=1&b=2',
  '@channel @here @everyone',
  '&lt;!channel&gt; &amp; & < >',
  '*bold* _italic_ ~struck~ `code` ```block```',
  ':smile: :+1:',
  '> quote',
  '&gt; quote',
  '• item',
  '1. item',
];

const asSent = (blocks: unknown): Json[] => JSON.parse(JSON.stringify(blocks)) as Json[];

describe('what was said', () => {
  it.each(HOSTILE)('%s is shown letter by letter', (text) => {
    const blocks = blocksOf(`${SLACK_MARKUP.escape(text)}\n${SLACK_MARKUP.small('0:07')}`);
    expect(asSent(blocks)).toEqual([
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] },
      { type: 'context', elements: [{ type: 'plain_text', text: '0:07', emoji: false }] },
    ]);
  });

  it.each(HOSTILE)('%s means nothing in a notification, and reads the same', (text) => {
    expect(readMarkup(escapeMrkdwn(text))).toEqual({ text, marks: [] });
  });

  it('would mean something there if it were not escaped', () => {
    for (const text of HOSTILE.filter((one) => !one.startsWith('&lt;')))
      expect(readMarkup(text).marks).not.toEqual([]);
  });

  it("cannot pass for hark's own lines", () => {
    const forged = `${SLACK_MARKUP.small('1:00 · whisper.cpp')}\n${SLACK_MARKUP.bold('Recording 1 of 1')}`;
    const { marks, text } = readBlocks(asSent(blocksOf(SLACK_MARKUP.escape(forged))));
    expect({ marks, text }).toEqual({ marks: [], text: '1:00 · whisper.cpp\nRecording 1 of 1' });
  });
});

describe('a message', () => {
  it('has headings, text and small print in their order', () => {
    const lines = [
      SLACK_MARKUP.bold('Recording 1 of 2'),
      'Hello.\n\nHello again.',
      SLACK_MARKUP.small('0:07'),
      '',
      SLACK_MARKUP.bold('Recording 2 of 2'),
      SLACK_MARKUP.small('No speech'),
    ];
    const read = readBlocks(asSent(blocksOf(lines.join('\n'))));
    expect(read.text).toBe('Recording 1 of 2\nHello.\n\nHello again.\n0:07\nRecording 2 of 2\nNo speech');
    expect(read.marks).toEqual(['bold', 'small', 'bold', 'small']);
  });

  it('never has more blocks than Slack takes', () => {
    const part = `${SLACK_MARKUP.bold('Part')}\nText.\n${SLACK_MARKUP.small('0:01')}`;
    const blocks = blocksOf(Array.from({ length: 30 }, () => part).join('\n\n'), 49);
    expect(blocks).toHaveLength(1);
    expect(readBlocks(asSent(blocks)).text.match(/Text\./g)).toHaveLength(30);
  });

  it('is never empty', () => {
    expect(blocksOf('')).toHaveLength(1);
    expect(fallbackOf('')).toBe('…');
  });

  it.each(['a', 'ä', '語', '👩‍👩‍👧', '<', '*'])(
    'made of %s is cut to the bytes that an edit may carry',
    (character) => {
      const text = fallbackOf(character.repeat(3_000));
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_000);
      expect(Buffer.byteLength(text)).toBeGreaterThan(2_900);
      expect(readMarkup(text).text.replaceAll(character, '')).toBe('');
    },
  );
});
