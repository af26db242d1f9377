import { readFileSync } from 'node:fs';
import { AxeResults } from 'axe-core';
import { BrowserContextOptions, Page } from 'playwright-core';
import { ApiClient } from '../support/api-client';
import { ConsoleBrowser, until } from '../support/console-browser';
import { NOTES } from '../support/notes';
import { ADMIN_TOKEN, RunningService, startService } from '../support/service-in-process';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const LOOKS: [name: string, options: BrowserContextOptions][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['a phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
];
/** Addresses, and what is there once the page is. */
const PAGES: [hash: string, ready: string][] = [
  ['notes', '.note-row'],
  ['try', '.drop'],
  ['activity', '.chart'],
  ['system', '.models tbody tr'],
  ['places', '.place-list'],
  ['people', '.fields'],
  ['webhooks', 'table'],
  ['audit', 'tbody tr'],
];

// Nothing here is awaited by the clock; a machine with much else to do takes its time.
jest.setTimeout(180_000);

describe('the console is for everybody', () => {
  let service: RunningService;
  let browser: ConsoleBrowser;
  let api: ApiClient;
  let done: string;
  beforeAll(async () => {
    service = await startService();
    api = new ApiClient(service.url);
    done = (await api.note(NOTES[0]!.file)).body.id;
    const failed = await api.upload({ name: 'cut.ogg', content: Buffer.from('OggS and nothing more') });
    await api.ended(done);
    if (failed.status === 202) await api.ended(failed.body.id);
    await api.send('PATCH', '/places/discord/server/123', { automatic: true });
    await api.send('PUT', '/quotas/discord/server/123', { limits: { jobsPerHour: 5 } });
    await api.post('/webhooks', {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url: 'https://example.org/hook', events: ['done'] }),
    });
    browser = await ConsoleBrowser.open(service.url);
  });
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await service?.close();
  });
  afterEach(() => expect(browser.complaints.splice(0)).toEqual([]));

  /** What axe holds for serious or worse. */
  const faults = async (page: Page): Promise<string[]> => {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${String(target)} ${failureSummary}`),
      );
  };
  const isWithinTheScreen = (page: Page): Promise<boolean> =>
    page.evaluate('document.documentElement.scrollWidth <= innerWidth');

  it.each(LOOKS)('has no serious fault in %s', async (_, options) => {
    const door = await browser.page(options);
    await door.getByRole('heading', { name: 'Sign in to hark' }).waitFor();
    expect(['door', await faults(door)]).toEqual(['door', []]);
    await door.context().close();

    const page = await browser.signedIn(options);
    for (const [hash, ready] of [...PAGES, [`notes/${done}`, '.segment']] as const) {
      await page.goto(`${service.url}/#/${hash}`);
      await page.locator(ready).first().waitFor();
      expect([hash, await faults(page)]).toEqual([hash, []]);
      expect([hash, await isWithinTheScreen(page)]).toEqual([hash, true]);
    }
    await page.getByRole('button', { name: 'Erase' }).click();
    await page.getByRole('dialog').waitFor();
    expect(['dialog', await faults(page)]).toEqual(['dialog', []]);
    await page.keyboard.press('Escape');
    await page.goto(`${service.url}/#/places`);
    await page.locator('.place-list button').first().click();
    await page.locator('.limits input').first().waitFor();
    expect(['decisions', await faults(page)]).toEqual(['decisions', []]);
    await page.context().close();
  });

  it('can be used by keyboard alone', async () => {
    const { id } = (await api.note(NOTES[1]!.file)).body;
    await api.ended(id);
    const page = await browser.page();
    const press = async (key: string, until: string): Promise<void> => {
      for (let times = 0; times < 60; times++) {
        await page.keyboard.press(key);
        if (
          await page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(until)}) ?? false`)
        )
          return;
      }
      throw new Error(`${key} never leads to ${until}`);
    };
    // The field takes the focus by itself, a moment after it is there.
    await until(page, "document.activeElement?.matches('input')");
    await page.keyboard.type(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await page.locator('.note-row').first().waitFor();

    // Past the pages, into the list, and to the newest note.
    await press('Tab', '.skip');
    await page.keyboard.press('Enter');
    await press('Tab', '.note-row a');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: NOTES[1]!.file }).waitFor();
    // Whoever hears the page is told where they are.
    await until(page, "document.activeElement?.tagName === 'H1'");
    await press('Tab', '.button.danger');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await press('Tab', 'dialog .button.danger');
    await page.keyboard.press('Enter');
    await page.getByText('The note has been erased.').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Notes' }).waitFor();
    expect((await api.get(`/jobs/${id}`)).status).toBe(404);
    await page.context().close();
  });

  it('speaks German, and keeps the colours that somebody chose', async () => {
    const page = await browser.page({ locale: 'de-DE', colorScheme: 'light' });
    await page.getByLabel('Token', { exact: true }).fill(ADMIN_TOKEN);
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
    await page.getByRole('heading', { name: 'Nachrichten', level: 1 }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    const ground = (): Promise<string> =>
      page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const light = await ground();
    await page.getByRole('button', { name: /^Farben/ }).click();
    await page.getByRole('button', { name: /^Farben/ }).click();
    expect(await ground()).not.toBe(light);
    await page.reload();
    await page.getByRole('navigation').waitFor();
    expect(await ground()).not.toBe(light);
    await page.getByLabel('Sprache').selectOption('en');
    await page.getByRole('heading', { name: 'Notes', level: 1 }).waitFor();
    await page.context().close();
  });
});
