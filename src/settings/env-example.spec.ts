import { readFileSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { loadSettings } from './load-settings';
import { settingMeta } from './setting-types';
import { SETTING_NAMES, settingsSchema } from './settings.schema';

const file = readFileSync('config/.env.example', 'utf8');
const documented = [...file.matchAll(/^#? ?([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name, value]) => [
  name,
  value,
]);

describe('config/.env.example', () => {
  it('names every setting once, with its default, and nothing else', () => {
    const expected = SETTING_NAMES.map((name) => [
      name,
      settingMeta.get(settingsSchema.shape[name])?.default ?? '',
    ]);
    expect([...documented].sort()).toEqual(expected.sort());
  });

  it('says what each setting is for', () => {
    for (const block of file.split(/\n\s*\n/).filter((part) => /^#? ?[A-Z][A-Z0-9_]*=/m.test(part))) {
      expect(block).toMatch(/^# [A-Z`][^]*\.\n/);
    }
  });

  it('means the defaults when it is used as it is, and when every line is in force', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'hark-env-'));
    const load = (env: NodeJS.ProcessEnv) => loadSettings(env, { cwd, terminal: false });
    const inForce = parseEnv(file.replace(/^# ([A-Z][A-Z0-9_]*=)/gm, '$1'));
    expect(Object.keys(inForce)).toHaveLength(SETTING_NAMES.length);
    expect(load(inForce)).toEqual(load({}));
    expect(load(parseEnv(file))).toEqual(load({}));
    rmSync(cwd, { recursive: true });
  });
});
