import { SLACK_MARKUP } from '../slack.markup';
import { blocksOf, fallbackOf } from './message.blocks';

describe('words that may be wrong', () => {
  const message = `Bring ${SLACK_MARKUP.doubtful(SLACK_MARKUP.escape('the\u0003 <!here>'))} kettle\n${SLACK_MARKUP.small('0:12')}`;

  it('are slanted, and nothing else comes of what was said', () => {
    expect(blocksOf(message)).toMatchObject([
      {
        type: 'rich_text',
        elements: [
          {
            elements: [
              { type: 'text', text: 'Bring ' },
              { type: 'text', text: 'the <!here>', style: { italic: true } },
              { type: 'text', text: ' kettle' },
            ],
          },
        ],
      },
      { type: 'context' },
    ]);
  });

  it('are plain where there is no markup', () => {
    expect(fallbackOf(message)).toBe('Bring the &lt;!here&gt; kettle\n0:12');
  });
});
