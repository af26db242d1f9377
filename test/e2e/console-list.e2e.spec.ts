import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Page } from 'playwright-core';
import { connect } from '../../src/storage/open-database';
import { SqliteDialect } from '../../src/storage/dialects/sqlite.dialect';
import { fill } from '../scale/filled-database';
import { ApiClient } from '../support/api-client';
import { ConsoleBrowser, until } from '../support/console-browser';
import { NOTES } from '../support/notes';
import { RunningService, startService } from '../support/service-in-process';

const MANY = 10_000;
const AT_ONCE = 20;

/** Watches rows: which come, which go, and through which states each of them moves. */
const WATCH = `
  globalThis.watched = { come: [], gone: 0, states: {} };
  const rowOf = (node) => node.nodeType === 1 && (node.matches('.note-row') ? node : node.querySelector('.note-row'));
  const note = (row) => {
    const { id } = row.dataset;
    const status = row.querySelector('[data-status]').dataset.status;
    const states = (globalThis.watched.states[id] ??= []);
    if (states.at(-1) !== status) states.push(status);
  };
  new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes, target } of changes) {
      for (const node of addedNodes) {
        const row = rowOf(node);
        if (row) globalThis.watched.come.push(row.dataset.id);
      }
      for (const node of removedNodes) if (rowOf(node)) globalThis.watched.gone++;
      const row = (target.nodeType === 1 ? target : target.parentElement)?.closest('.note-row');
      if (row) note(row);
    }
    for (const row of document.querySelectorAll('.note-row')) note(row);
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['data-status'],
  });
  globalThis.neverReloaded = true;
`;
interface Watched {
  come: string[];
  gone: number;
  states: Record<string, string[]>;
}

// Nothing here is awaited by the clock; a machine with much else to do takes its time.
jest.setTimeout(180_000);

describe('the list of notes, in a browser', () => {
  let dataDir: string;
  let service: RunningService;
  let browser: ConsoleBrowser;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hark-console-'));
    const dialect = new SqliteDialect(join(dataDir, 'hark.sqlite'));
    const orm = await dialect.open(() => connect(dialect));
    await fill(orm, MANY / 2);
    // Nobody is to work on them.
    await orm.em
      .fork()
      .execute("update job set status = 'cancelled', finished_at = created_at where status = 'queued'");
    await orm.em.fork().execute('delete from queue_line');
    await orm.close();
    service = await startService({ DATA_DIR: dataDir, RETENTION_DAYS: '0' });
    browser = await ConsoleBrowser.open(service.url);
  });
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await service?.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

  const rows = (page: Page): Promise<number> => page.locator('.note-row').count();

  it(`stays smooth with ${MANY} of them`, async () => {
    const page = await browser.signedIn();
    await page.locator('.note-row').first().waitFor();
    // The longest time that the page could not answer, and the most rows there were.
    await page.evaluate(`
      globalThis.longest = 0;
      globalThis.most = 0;
      let last = performance.now();
      const look = (now) => {
        globalThis.longest = Math.max(globalThis.longest, now - last);
        globalThis.most = Math.max(globalThis.most, document.querySelectorAll('.note-row').length);
        last = now;
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    `);
    const end = page.locator(`.note-row[aria-posinset="${MANY}"]`);
    await page.evaluate(`
      globalThis.scrolling = setInterval(() => {
        const box = document.querySelector('.note-list');
        box.scrollTop += 4000;
      }, 30);
    `);
    await end.waitFor();
    await page.evaluate('clearInterval(globalThis.scrolling)');
    await page.getByText('10,000 notes').waitFor();
    expect(await end.getAttribute('aria-setsize')).toBe(String(MANY));
    expect(await page.evaluate<number>('globalThis.most')).toBeLessThan(80);
    // A machine that does ten other things; it is a few milliseconds on a free one.
    expect(await page.evaluate<number>('globalThis.longest')).toBeLessThan(3000);

    // And back to the first one at once.
    await page.evaluate("document.querySelector('.note-list').scrollTop = 0");
    await page.locator('.note-row[aria-posinset="1"]').waitFor();
    expect(await rows(page)).toBeLessThan(80);
    await page.context().close();
  });

  it('narrows them by state, platform, period and person, and finds words among all of them', async () => {
    const page = await browser.signedIn();
    await page.getByLabel('State').selectOption('cancelled');
    await page.locator('.note-row [data-status=cancelled]').first().waitFor();
    await page.getByLabel('Platform').selectOption('slack');
    await page.locator('.note-row', { hasText: 'Slack' }).first().waitFor();
    await until(
      page,
      `
      [...document.querySelectorAll('.note-row')].every(
        (row) => row.innerText.includes('Slack') && row.innerText.includes('Cancelled'),
      )
    `,
    );
    await page.getByLabel('Period').selectOption('week');
    const user = 'user-7';
    await page.getByLabel('Who asked or spoke').fill(user);
    await page.getByText(/^\d+ notes$/).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('searchbox').fill('rare1');
    await page.locator('.note-row mark', { hasText: 'rare1' }).first().waitFor();
    await page.getByText(/^1 notes$/).waitFor();
    await page.context().close();
  });

  it(`shows ${AT_ONCE} notes on their way: every row moves by itself, none is made anew`, async () => {
    // So tall that all of them can be seen.
    const page = await browser.signedIn({ viewport: { width: 1280, height: 2400 } });
    await page.locator('.note-row').first().waitFor();
    await page.evaluate(WATCH);
    const api = new ApiClient(service.url);
    const notes = Array.from({ length: AT_ONCE }, (_, index) => NOTES[index % NOTES.length]!);
    const ids = await Promise.all(notes.map(async ({ file }) => (await api.note(file)).body.id));
    await Promise.all(ids.map((id) => api.ended(id)));
    await until(
      page,
      `${JSON.stringify(ids)}.every((id) => globalThis.watched.states[id]?.at(-1) === 'done')`,
    );
    const watched = await page.evaluate<Watched>('globalThis.watched');
    // Each came once, and none went and came again. Of the others those gave way that can no longer be seen.
    expect(watched.come.filter((id) => ids.includes(id)).sort()).toEqual([...ids].sort());
    const order = ['queued', 'running', 'done'];
    for (const id of ids) {
      const states = watched.states[id] ?? [];
      expect(states).toEqual(order.filter((status) => states.includes(status)));
    }
    // Not all were looked at in the same moment, but hardly one was done before it was seen.
    expect(ids.filter((id) => (watched.states[id]?.length ?? 0) > 1).length).toBeGreaterThan(AT_ONCE / 2);
    expect(await page.evaluate('globalThis.neverReloaded')).toBe(true);
    for (const [index, { text }] of notes.entries())
      if (index < 5) await page.locator('.note-row', { hasText: text }).first().waitFor();
    await page.context().close();
  });
});
