import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

interface LockedPackage {
  link?: boolean;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
}

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const others = Object.entries(packages).filter(([path]) => path !== '');

describe('package-lock.json', () => {
  it('pins every package by its checksum', () => {
    const unpinned = others.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'));
    expect(unpinned.map(([path]) => path)).toEqual([]);
    expect(others.length).toBeGreaterThan(500);
  });

  it('names no other place than the registry to take one from', () => {
    const elsewhere = others.filter(
      ([, { link, resolved }]) =>
        link || (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
    );
    expect(elsewhere.map(([path]) => path)).toEqual([]);
  });

  it('belongs to a project in which no package runs a script while it is installed', () => {
    expect(readFileSync(join(ROOT, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
  });
});
