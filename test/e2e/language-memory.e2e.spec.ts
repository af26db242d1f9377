import { PersonExport } from '../../src/core/person-export';
import { ApiClient } from '../support/api-client';
import { NOTES } from '../support/notes';
import { RunningService, startService } from '../support/service-in-process';

const GERMAN = ['03-de.ogg', '05-de.ogg', '06-de.ogg'];
const ENGLISH = ['01-en.ogg', '04-en.ogg'];
const ME = '/people/api/admin';

describe('the language that somebody speaks', () => {
  let service: RunningService;
  let api: ApiClient;
  beforeAll(async () => {
    service = await startService();
    api = new ApiClient(service.url);
  }, 60_000);
  afterAll(() => service.close());

  /** Has a note read, which must come out word for word. */
  const say = async (file: string, fields: Record<string, string> = {}): Promise<void> => {
    const { body } = await api.note(file, fields);
    const { language, text } = await api.ended(body.id);
    const note = NOTES.find((each) => each.file === file);
    expect({ language, text }).toEqual({ language: note?.language, text: note?.text });
  };
  const remembered = async () => {
    const { heardLanguage, heardNotes } = (await api.get<PersonExport>(`${ME}/export`)).body.choices;
    return heardLanguage === undefined ? undefined : { heardLanguage, heardNotes };
  };

  it('is remembered after some notes, is in their export, and goes with what they have erased', async () => {
    await say('03-de.ogg', { language: 'de' });
    expect(await remembered()).toBeUndefined();
    for (const file of GERMAN) await say(file);
    expect(await remembered()).toEqual({ heardLanguage: 'de', heardNotes: 2 });
    await api.call('DELETE', `/api/v1${ME}`);
    expect(await remembered()).toBeUndefined();
  });

  it('does not get in the way of a note in another one', async () => {
    for (const file of GERMAN) await say(file);
    for (const file of ENGLISH) await say(file);
    expect(await remembered()).toEqual({ heardLanguage: 'en', heardNotes: 0 });
    await say('05-de.ogg');
    expect(await remembered()).toEqual({ heardLanguage: 'de', heardNotes: -1 });
  });

  it('is forgotten, and not learnt again, of who opts out', async () => {
    await api.send('PATCH', ME, { optedOut: true });
    expect(await remembered()).toBeUndefined();
    await say('03-de.ogg');
    expect(await remembered()).toBeUndefined();
  });
});
