import { keysOf } from './job-keys';
import { VoiceNote } from './voice-note';

const note = (changes: Partial<VoiceNote> = {}): VoiceNote => ({
  platform: 'discord',
  author: { id: 'speaker' },
  requester: { id: 'asker' },
  trigger: 'request',
  source: { kind: 'attachment', platform: 'discord', ids: { message: '7', attachment: '1' } },
  options: { language: 'auto', translate: false },
  replyTo: { platform: 'discord', workspace: 'g', channel: 'c', message: '7' },
  private: false,
  position: 0,
  fresh: false,
  ...changes,
});

describe('keysOf', () => {
  it('takes an event that arrives twice for the same note, whoever asked and however its fields are ordered', () => {
    const again = note({
      requester: { id: 'other' },
      source: { kind: 'attachment', platform: 'discord', ids: { attachment: '1', message: '7' } },
    });
    expect(keysOf(again)).toEqual(keysOf(note()));
  });

  it('tells attachments, options, interactions and forced repeats apart', () => {
    const keys = [
      note(),
      note({ source: { kind: 'attachment', platform: 'discord', ids: { message: '7', attachment: '2' } } }),
      note({ options: { language: 'de', translate: false } }),
      note({ options: { language: 'auto', translate: true } }),
      note({ occurrence: 'again' }),
      note({
        replyTo: {
          ...note().replyTo,
          platform: 'discord',
          interaction: { id: 'i', token: 't', expiresAt: new Date(0), ephemeral: true },
        },
      }),
    ].map((each) => keysOf(each).dedupeKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('knows the same content behind different asks', () => {
    expect(keysOf(note({ occurrence: 'again' })).contentKey).toBe(keysOf(note()).contentKey);
    expect(keysOf(note({ options: { language: 'de', translate: false } })).contentKey).not.toBe(
      keysOf(note()).contentKey,
    );
  });

  it('knows a file again whatever address it has at present', () => {
    const at = (url: string): VoiceNote =>
      note({ source: { kind: 'attachment', platform: 'discord', ids: { attachment: '1', url } } });
    expect(keysOf(at('https://cdn.example/1?ex=1'))).toEqual(keysOf(at('https://cdn.example/1?ex=2')));
  });

  it('makes every API request a job of its own unless it carries an idempotency key', () => {
    const api = note({
      platform: 'api',
      replyTo: undefined,
      source: { kind: 'link', url: 'https://example.org/a.ogg' },
    });
    expect(keysOf(api).dedupeKey).toBeUndefined();
    expect(keysOf(api).sequenceKey).toBeUndefined();
    expect(keysOf({ ...api, occurrence: 'k' }).dedupeKey).toBe(keysOf({ ...api, occurrence: 'k' }).dedupeKey);
  });
});
