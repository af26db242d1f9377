import { describeSummarizer } from '../../../test/contracts/summarizer.contract';
import { openSummarizers } from '../../../test/support/summarizers';
import { pickSentences } from './sentences';

describe('the demo', () => {
  describeSummarizer(async () => {
    const opened = await openSummarizers({ SUMMARIZERS: 'demo' });
    return { summarizer: opened.named('demo'), close: () => opened.close() };
  });

  it('picks sentences that were said, in their order, and those that matter most', () => {
    const said =
      'Well. The budget of the festival is too small. Hm, yes. The festival needs a larger budget by Friday. ' +
      'My cat was ill. Somebody must ask the council about the festival budget. Anyway.';
    const picked = pickSentences(said, 'en');
    expect(picked).toHaveLength(3);
    for (const sentence of picked) expect(said).toContain(sentence);
    expect(picked.join(' ')).toContain('larger budget by Friday');
    expect([...picked].sort((a, b) => said.indexOf(a) - said.indexOf(b))).toEqual(picked);
  });
});
