import { checkConsent, isAutomatic } from './consent';
import { HarkError } from './errors';
import { Preferences } from './preference-store';
import { VoiceNote } from './voice-note';

const note = (trigger: VoiceNote['trigger'], requester: string): VoiceNote => ({
  platform: 'discord',
  author: { id: 'speaker' },
  requester: { id: requester },
  trigger,
  source: { kind: 'attachment', platform: 'discord', ids: { attachment: '1' } },
  options: { language: 'auto', translate: false },
  private: false,
  position: 0,
  fresh: false,
});
const verdict = (
  asked: VoiceNote,
  preferences: Partial<Record<'author' | 'channel' | 'server', Preferences>>,
): string => {
  try {
    checkConsent(asked, { author: {}, channel: {}, server: {}, ...preferences });
    return 'allowed';
  } catch (error) {
    return (error as HarkError).code;
  }
};

describe('checkConsent', () => {
  it.each([
    ['anybody may ask by default', note('request', 'other'), {}, 'allowed'],
    [
      'not where only the speaker may',
      note('request', 'other'),
      { channel: { whoMayAsk: 'author' } },
      'asker_not_allowed',
    ],
    ['the speaker may there', note('request', 'speaker'), { channel: { whoMayAsk: 'author' } }, 'allowed'],
    [
      'nobody where nobody may',
      note('request', 'speaker'),
      { server: { whoMayAsk: 'nobody' } },
      'asker_not_allowed',
    ],
    [
      "the channel's rule wins over the server's",
      note('request', 'other'),
      { channel: { whoMayAsk: 'everyone' }, server: { whoMayAsk: 'nobody' } },
      'allowed',
    ],
    [
      'never automatically after opting out',
      note('automatic', 'speaker'),
      { author: { optedOut: true, allowRequests: true } },
      'speaker_opted_out',
    ],
    [
      'not for others after opting out',
      note('request', 'other'),
      { author: { optedOut: true } },
      'speaker_opted_out',
    ],
    [
      'for others when the speaker allows it',
      note('request', 'other'),
      { author: { optedOut: true, allowRequests: true } },
      'allowed',
    ],
    ['always for oneself', note('request', 'speaker'), { author: { optedOut: true } }, 'allowed'],
  ] as const)('%s', (_, asked, preferences, expected) => {
    expect(verdict(asked, preferences)).toBe(expected);
  });
});

describe('isAutomatic', () => {
  it('is off by default, and a channel can leave what its server has switched on', () => {
    expect(isAutomatic({ channel: {}, server: {} })).toBe(false);
    expect(isAutomatic({ channel: {}, server: { automatic: true } })).toBe(true);
    expect(isAutomatic({ channel: { automatic: false }, server: { automatic: true } })).toBe(false);
  });
});
