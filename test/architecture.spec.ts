import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

describe('the documents', () => {
  it.each(['docs/architecture.md', 'CONTRIBUTING.md', 'README.md'])(
    '%s names only paths that exist',
    (document) => {
      const text = readFileSync(join(ROOT, document), 'utf8');
      const named = [...text.matchAll(/(?:`|\()((?:src|test|docs|config|scripts)\/[\w./-]+)(?:`|\))/g)].map(
        ([, path = '']) => path,
      );
      expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
      expect(named.length).toBeGreaterThan(0);
    },
  );
});
