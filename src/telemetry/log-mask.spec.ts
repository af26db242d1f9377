import { logMask } from './log-mask';

const mask = logMask(['s3cret/value', 's3cret']);

describe('logMask', () => {
  it.each([
    ['known s3cret/value here', 'known [hidden] here'],
    ['as part of s3crets', 'as part of [hidden]s'],
    ['encoded s3cret%2Fvalue', 'encoded [hidden]'],
    ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer [hidden]'],
    ['sent Bot MTIzNDU2Nzg5MDEyMzQ1Njc4.G', 'sent Bot [hidden]'],
    ['xoxb-12-34-abcd and xapp-1-A-b', '[hidden] and [hidden]'],
    [`made hark_${'aB3_-'.repeat(8)}xyz`, 'made [hidden]'],
    [`login MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.GabcDe.${'x'.repeat(38)}`, 'login [hidden]'],
    [
      'https://discord.com/api/v10/interactions/123/aW50ZXJ/callback',
      'https://discord.com/api/v10/interactions/123/[hidden]/callback',
    ],
    ['PATCH /webhooks/123/aW50ZXJhY3/messages/@original', 'PATCH /webhooks/123/[hidden]/messages/@original'],
    ['https://hooks.slack.com/commands/T1/2/abc', 'https://hooks.slack.com/[hidden]'],
    ['redis://user:pass@host:6379/0', 'redis://[hidden]@host:6379/0'],
    [
      'GET https://cdn.discordapp.com/a/b.ogg?ex=1&hm=2 failed',
      'GET https://cdn.discordapp.com/a/b.ogg?[hidden] failed',
    ],
    ['{"headers":{"authorization":"a\\"b","x":"1"}}', '{"headers":{"authorization":"[hidden]","x":"1"}}'],
    ['{"set-cookie":["a=b","c=d"],"x":1}', '{"set-cookie":"[hidden]","x":1}'],
  ])('%s', (line, expected) => {
    expect(mask(line)).toBe(expected);
  });

  it.each([
    'Bot connected as hark#1234',
    'hark_queue has 3 ids',
    'Basic information is missing',
    '{"tokens":12,"ms":3}',
    'see https://example.org/a/b for more?',
    'user@example.org wrote',
  ])('leaves alone: %s', (line) => {
    expect(mask(line)).toBe(line);
  });

  it('stays quick on long hostile lines', () => {
    for (const piece of ['a', 'http://', '"token":', '\\"token\\":\\"', 'a.', '[', 'Bearer ']) {
      const started = performance.now();
      mask(piece.repeat(100_000 / piece.length));
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });
});
