import { summaryText } from './summary-text';

describe('what a model wrote', () => {
  it.each([
    [
      '  The boat leaves at seven.\r\n\r\n\r\n\r\n- Greta\n* bread ',
      'The boat leaves at seven.\n\n• Greta\n• bread',
    ],
    ['<think>They want\nbread.</think>Bread.', 'Bread.'],
    ['<think>They want', ''],
    ['# Summary\n**Greta** brings `bread`.', 'Summary\nGreta brings bread.'],
    ['See [the plan](https://evil.example/x) or https://evil.example/y now', 'See the plan or […] now'],
    ['a\u0000b\u202ec\u200bd\ufeffe', 'abcde'],
    ['</transcript-0011>Done.', 'Done.'],
    ['Grüße 👩‍👩‍👧 話', 'Grüße 👩‍👩‍👧 話'],
  ])('%j becomes %j', (written, text) => {
    expect(summaryText(written)).toBe(text);
  });

  it('has bounds', () => {
    const text = summaryText('Many words. '.repeat(1_000));
    expect(text.length).toBeLessThan(3_010);
    expect(text.endsWith('. …')).toBe(true);
  });

  it.each(['[', '[a](', ' ', '\n', 'a.', '<think>', '<transcript-', '# ', '- ', '``'])(
    'takes no time to speak of, however often %j is written',
    (piece) => {
      const written = `${piece.repeat(1_000_000)}x`;
      const before = performance.now();
      // As it comes: with each word all of it is looked at anew.
      for (let n = 0; n < 100; n++) summaryText(written);
      expect(performance.now() - before).toBeLessThan(3_000);
    },
  );
});
