import { tableText } from './table';

it('a table is Markdown, with a column for whatever any row has', () => {
  expect(
    tableText([
      { model: 'tiny', ms: 5 },
      { model: 'base', ms: 12, words: 'same' },
    ]),
  ).toBe(
    [
      '| model | ms  | words |',
      '| ----- | --- | ----- |',
      '| tiny  | 5   |       |',
      '| base  | 12  | same  |',
    ].join('\n'),
  );
});
