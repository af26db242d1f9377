import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attackPage } from './attack-table';
import { downloadAttacks } from './downloads';

/** The cells of all tables, however they are padded. */
function cellsOf(page: string): string[] {
  const rows = page.split('\n').filter((line) => /^\|(?! *-)/.test(line));
  return rows.map((row) => row.replace(/ *\| */g, '|'));
}

describe('an attack by a link', () => {
  it.each(downloadAttacks())('$group: $what is $outcome', async ({ outcome, attempt }) => {
    expect(await attempt()).toBe(outcome);
  });

  it('is in the documentation', () => {
    const page = readFileSync(join(__dirname, '../../docs/download-attacks.md'), 'utf8');
    expect(cellsOf(page)).toEqual(cellsOf(attackPage(downloadAttacks())));
  });
});
