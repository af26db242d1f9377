import { TestStorage, openTestStorage } from '../../test/support/storage';
import { NoteOptionsService, NotePlace } from './note-options.service';

const PLACE: NotePlace = {
  platform: 'discord',
  author: { id: 'speaker' },
  replyTo: { channel: 'channel', workspace: 'server' },
};

describe('NoteOptionsService', () => {
  let storage: TestStorage;
  let options: NoteOptionsService;
  const choose = (kind: 'user' | 'channel' | 'server', id: string, language?: string) =>
    storage.preferences.set({ platform: 'discord', kind, id }, { language });
  const language = async (asked: { language?: string } = {}, place = PLACE) =>
    (await options.complete(asked, place)).language;

  beforeAll(async () => {
    storage = await openTestStorage();
    options = new NoteOptionsService(storage.preferences);
  });
  afterAll(() => storage.close());

  it('finds the language out where nobody has chosen one', async () => {
    await expect(options.complete({}, PLACE)).resolves.toEqual({ language: 'auto', translate: false });
    await expect(options.complete({ translate: true, model: 'demo' }, PLACE)).resolves.toEqual({
      language: 'auto',
      translate: true,
      model: 'demo',
    });
  });

  it('asks the asker first, then the speaker, the channel, the server', async () => {
    await choose('server', 'server', 'fr');
    expect(await language()).toBe('fr');
    await choose('channel', 'channel', 'auto');
    expect(await language()).toBe('auto');
    await choose('channel', 'channel', 'es');
    expect(await language()).toBe('es');
    await choose('user', 'speaker', 'de');
    expect(await language()).toBe('de');
    expect(await language({ language: 'auto' })).toBe('auto');
  });

  it('takes the choices of this speaker and this place only', async () => {
    expect(await language({}, { ...PLACE, author: { id: 'other' }, replyTo: { channel: 'elsewhere' } })).toBe(
      'auto',
    );
    expect(await language({}, { ...PLACE, platform: 'slack' })).toBe('auto');
    expect(await language({}, { platform: 'discord', author: { id: 'other' } })).toBe('auto');
  });
});
