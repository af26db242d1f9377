import { I18nextPhrasebook } from '../../../locales/i18next.phrasebook';
import { areSameCommands } from './command-comparison';
import { commandDefinitions } from './command-definitions';

interface Draft {
  description: string;
  description_localizations: Record<string, string>;
  name_localizations: Record<string, string>;
  contexts: number[];
  options: { autocomplete?: boolean }[];
}

const wanted = commandDefinitions(new I18nextPhrasebook(), false);

/** As Discord gives commands back: with its own fields, in its own order, without what is empty or false. */
const registered = (commands: object[] = wanted) =>
  commands
    .map((command, index) => ({
      id: String(index),
      application_id: '1',
      version: '2',
      default_member_permissions: null,
      nsfw: false,
      dm_permission: true,
      description: '',
      ...structuredClone(command),
    }))
    .reverse();

describe('the comparison of commands', () => {
  it('sees through what Discord adds and leaves out', () => {
    expect(areSameCommands(registered(), wanted)).toBe(true);
    const [transcribe, ...rest] = wanted;
    const spelt = {
      ...transcribe,
      nsfw: false,
      options: transcribe && 'options' in transcribe ? transcribe.options : [],
    };
    expect(areSameCommands(registered([spelt, ...rest]), wanted)).toBe(true);
  });

  it('sees every change of ours', () => {
    const changed = (change: (first: Draft, second: Draft) => unknown): boolean => {
      const copy = structuredClone(wanted) as unknown as [Draft, Draft];
      change(...copy);
      return !areSameCommands(registered(), copy);
    };
    expect(areSameCommands(registered(), wanted.slice(1))).toBe(false);
    expect(changed((first) => (first.description = 'other'))).toBe(true);
    expect(changed((first) => (first.description_localizations.de = 'anders'))).toBe(true);
    expect(changed((first) => (first.name_localizations.fr = 'transcrire'))).toBe(true);
    expect(changed((first) => first.options.reverse())).toBe(true);
    expect(changed((first) => delete first.options[2]?.autocomplete)).toBe(true);
    expect(changed((first) => Object.assign(first.options[1] ?? {}, { max_length: 100 }))).toBe(true);
    expect(changed((_, second) => second.contexts.pop())).toBe(true);
    expect(changed((_, second) => Object.assign(second.options[0] ?? {}, { options: [{ type: 3 }] }))).toBe(
      true,
    );
  });
});

describe("hark's commands", () => {
  it('are offered everywhere, in English and German', () => {
    expect(wanted.map(({ name }) => name)).toEqual([
      'transcribe',
      'hark',
      'find',
      'Transcribe',
      'Transcribe privately',
    ]);
    for (const command of wanted) {
      expect(command).toMatchObject({ integration_types: [0, 1], contexts: [0, 1, 2] });
      expect(command.name_localizations).toHaveProperty('de');
    }
    expect(wanted[0]).toMatchObject({
      description_localizations: { de: expect.any(String) },
      options: [
        { name: 'file', name_localizations: { de: 'datei' } },
        { name: 'link' },
        { name: 'language', autocomplete: true },
        { name: 'translate' },
        { name: 'private' },
      ],
    });
    expect(wanted[1]).toMatchObject({
      options: [
        { name: 'settings' },
        { name: 'privacy' },
        { name: 'status' },
        { name: 'help' },
        { name: 'glossary' },
      ],
    });
  });

  it('are one more where hark may join voice channels, for servers only', () => {
    const more = commandDefinitions(new I18nextPhrasebook(), true);
    const listen = more.find(({ name }) => name === 'listen');
    expect(more).toHaveLength(wanted.length + 1);
    expect(listen).toMatchObject({
      integration_types: [0],
      contexts: [0],
      options: [
        { name: 'start', options: [{ name: 'language', autocomplete: true }, { name: 'translate' }] },
        { name: 'stop', options: [{ name: 'format', choices: [{ value: 'txt' }, { value: 'srt' }] }] },
      ],
    });
  });
});
