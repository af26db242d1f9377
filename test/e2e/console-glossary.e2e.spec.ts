import { GlossaryStore } from '../../src/core/glossary-store';
import { ApiClient } from '../support/api-client';
import { ConsoleBrowser } from '../support/console-browser';
import { NOTES } from '../support/notes';
import { RunningService, startService } from '../support/service-in-process';

const [NOTE] = NOTES as [(typeof NOTES)[0]];
const BETTER = 'Hello Petra, please bring three white tulips.';

// Nothing here is awaited by the clock; a machine with much else to do takes its time.
jest.setTimeout(120_000);

describe('glossaries and corrections in the console', () => {
  let service: RunningService;
  let browser: ConsoleBrowser;
  let api: ApiClient;
  beforeAll(async () => {
    service = await startService();
    api = new ApiClient(service.url);
    browser = await ConsoleBrowser.open(service.url);
  });
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await service?.close();
    expect(browser.complaints).toEqual([]);
  });

  it('a note is corrected line by line, its glossary kept, and what was heard brought back', async () => {
    const { body } = await api.note(NOTE.file);
    await api.ended(body.id);
    const page = await browser.signedIn();
    await page.goto(`${service.url}/#/notes/${body.id}`);
    await page.getByRole('button', { name: 'Correct' }).click();
    await page.getByLabel('Text at 0:00').fill(BETTER);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.segments').getByText(BETTER).waitFor();
    await page.getByText('by an admin').waitFor();
    expect((await api.get(`/jobs/${body.id}`)).body.text).toBe(BETTER);

    const glossary = service.app.get(GlossaryStore, { strict: false });
    const place = { platform: 'api', id: 'api' };
    const suggestion = { place, term: 'Petra', insteadOf: 'Peter', suggestedAt: new Date() };
    await glossary.suggest([suggestion], { jobId: body.id, personId: 'ada' }, 9);
    await page.getByRole('link', { name: 'Glossary' }).click();
    await page.getByRole('button', { name: 'All that comes by the API' }).click();
    await page.getByLabel('New terms').fill('Köln, Zoë');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Remove Köln' }).waitFor();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('button', { name: 'Remove Petra' }).waitFor();
    await page.getByRole('button', { name: 'Remove Zoë' }).click();
    await page.getByRole('button', { name: 'Remove Zoë' }).waitFor({ state: 'detached' });
    expect((await glossary.terms(place)).map(({ term }) => term)).toEqual(['Petra', 'Köln']);
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/glossary.png`, fullPage: true });

    await page.goto(`${service.url}/#/notes/${body.id}`);
    await page.getByRole('button', { name: 'Correct' }).click();
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/note.png`, fullPage: true });
    await page.getByRole('button', { name: 'Back to what was heard' }).click();
    await page.locator('.segments').getByText(NOTE.text).waitFor();
  });
});
