import { isConfidential } from './confidential';

const CHANNEL = { platform: 'slack', workspace: 'T1', channel: 'C1' };

it.each([
  ['a channel of a workspace', { private: false, replyTo: CHANNEL }, false],
  ['the same in private', { private: true, replyTo: CHANNEL }, true],
  ['a direct message in a workspace', { private: false, replyTo: { ...CHANNEL, direct: true } }, true],
  [
    'a direct message outside of any',
    { private: false, replyTo: { platform: 'discord', channel: '1' } },
    true,
  ],
  ['the API, where nobody is answered', { private: false }, false],
])('what is asked for in %s', (_, note, confidential) => {
  expect(isConfidential(note)).toBe(confidential);
});
