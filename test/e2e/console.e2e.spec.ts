import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Page } from 'playwright-core';
import { ApiClient } from '../support/api-client';
import { ConsoleBrowser } from '../support/console-browser';
import { LongRecording, longRecording } from '../support/long-recording';
import { NOTES } from '../support/notes';
import { ADMIN_TOKEN, RunningService, VIEWER_TOKEN, startService } from '../support/service-in-process';

const AUDIO = join(__dirname, '../support/audio');
const [NOTE] = NOTES as [(typeof NOTES)[0]];

// Nothing here is awaited by the clock; a machine with much else to do takes its time.
jest.setTimeout(180_000);

describe('the console, in a browser', () => {
  let service: RunningService;
  let browser: ConsoleBrowser;
  let api: ApiClient;
  let recording: LongRecording;
  const folder = mkdtempSync(join(tmpdir(), 'hark-test-'));
  const spoken = join(folder, 'spoken.wav');
  /** Whether the recording behind the link is there. */
  let there = false;
  const web = createServer((_, response) => {
    response.statusCode = there ? 200 : 404;
    if (there) void readFile(join(AUDIO, NOTE.file)).then((bytes) => response.end(bytes));
    else response.end();
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    recording = await longRecording(60);
    service = await startService({
      KEEP_AUDIO_DAYS: '1',
      MEDIA_ALLOW_HOSTS: `127.0.0.1:${(web.address() as AddressInfo).port}`,
    });
    api = new ApiClient(service.url);
    execFileSync('ffmpeg', ['-loglevel', 'error', '-i', join(AUDIO, NOTE.file), '-ar', '48000', spoken]);
    browser = await ConsoleBrowser.open(service.url, spoken);
  });
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await service?.close();
    await recording?.remove();
    await rm(folder, { recursive: true });
    web.close();
  });
  afterEach(async () => {
    await browser.clear();
    expect(browser.complaints.splice(0)).toEqual([]);
  });

  const status = (page: Page, name: string): Promise<void> =>
    page.locator(`main [data-status=${name}]`).first().waitFor();

  it('lets nobody in without a token, and keeps it where no script can read it', async () => {
    const page = await browser.page();
    await page.getByLabel('Token', { exact: true }).fill('a-wrong-token');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Code unauthorized').waitFor();
    await page.getByLabel('Token', { exact: true }).fill(ADMIN_TOKEN);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Notes', level: 1 }).waitFor();
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ name: 'hark_session', httpOnly: true, sameSite: 'Strict' });
    const readable = await page.evaluate<string>(
      'document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })',
    );
    for (const text of [JSON.stringify(cookie), readable]) expect(text).not.toContain(ADMIN_TOKEN);
    expect(readable).not.toContain(cookie?.value);

    // It outlives a reload, and ends for good when somebody signs out.
    await page.reload();
    await page.getByRole('navigation').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to hark' }).waitFor();
    await page.context().addCookies([cookie!]);
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to hark' }).waitFor();
    await page.context().close();
  });

  it('takes a note that is dropped, and the words arrive piece by piece; they are found, played, and erased', async () => {
    const page = await browser.signedIn();
    await page.getByRole('navigation').getByRole('link', { name: 'Try it' }).click();
    await page.evaluate(`
      globalThis.heard = new Set();
      new MutationObserver(() => {
        const text = document.querySelector('.heard p:not(.muted)')?.textContent;
        if (text) globalThis.heard.add(text);
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    `);
    const bytes = [...(await readFile(recording.path))];
    const transfer = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(${JSON.stringify(bytes)})], 'dropped.ogg', { type: 'audio/ogg' }));
      return transfer;
    })()`);
    await page.locator('.drop').dispatchEvent('drop', { dataTransfer: transfer });
    await status(page, 'done');
    const heard = await page.evaluate<string[]>('[...globalThis.heard]');
    expect(heard.length).toBeGreaterThan(2);
    const lengths = heard.map(({ length }) => length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    const { jobs } = (await api.get<{ jobs: { text: string }[] }>('/jobs')).body;
    expect(heard.at(-1)).toBe(jobs[0]?.text);

    await page.getByRole('link', { name: 'Notes', exact: true }).click();
    await page.getByRole('searchbox').fill('white flowers');
    const row = page.locator('.note-row', { hasText: 'dropped.ogg' });
    await row.locator('mark', { hasText: 'flowers' }).first().waitFor();
    await page.getByRole('searchbox').fill('cucumbers');
    await page.getByText('Nothing fits').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await row.click();

    await page.getByRole('heading', { name: 'dropped.ogg' }).waitFor();
    const times = page.getByRole('button', { name: /^Play from/ });
    await times.nth(1).click();
    await page.locator('.segment[data-playing] .spoken').first().waitFor();
    for (const stage of ['Waited', 'Decoded', 'Listened to', 'In all'])
      await page.locator('.way').getByText(stage).waitFor();

    await page.getByRole('button', { name: 'Erase' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Erase' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Erase' }).click();
    await page.getByText('The note has been erased.').waitFor();
    await page.getByText('No notes yet').waitFor();
    expect((await api.get<{ jobs: unknown[] }>('/jobs')).body.jobs).toEqual([]);
    await page.context().close();
  });

  it('tells why a note failed, and tries it again', async () => {
    const page = await browser.signedIn();
    await page.getByRole('navigation').getByRole('link', { name: 'Try it' }).click();
    await page
      .getByPlaceholder('https://…')
      .fill(`http://127.0.0.1:${(web.address() as AddressInfo).port}/note.ogg`);
    await page.getByRole('button', { name: 'Read it' }).click();
    await status(page, 'failed');
    await page.getByRole('link', { name: 'Open the note' }).click();
    await page.getByText('Code link_not_found').waitFor();
    there = true;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('main').getByText(NOTE.text).waitFor();
    await status(page, 'done');
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.context().close();
  });

  it('goes back to the door when its session is over, and says so', async () => {
    const page = await browser.signedIn();
    const [cookie] = await page.context().cookies();
    const headers = { Cookie: `${cookie?.name}=${cookie?.value}`, Origin: service.url };
    const closed = await fetch(`${service.url}/api/v1/session`, { method: 'DELETE', headers });
    expect(closed.status).toBe(204);
    // The page may have noticed by itself, or notices by the next thing it asks for.
    await page.evaluate("location.hash = '#/activity'");
    await page.getByText('Your session is over.').waitFor();
    await page.context().close();
  });

  it('reads what is spoken into the microphone', async () => {
    const page = await browser.signedIn();
    await page.getByRole('navigation').getByRole('link', { name: 'Try it' }).click();
    await page.getByRole('button', { name: 'Start recording' }).click();
    await page.getByText('Recording, 0:03').waitFor();
    await page.getByRole('button', { name: 'Stop and read it' }).click();
    await page.locator('main').locator('[data-status=done], [data-status=failed], [role=alert]').waitFor();
    const shown = await page.getByRole('main').innerText();
    expect(shown).toContain('Your voice.webm');
    const words = NOTE.text.split(/\W+/).filter((word) => shown.includes(word));
    expect({ words: words.length > 1, shown }).toMatchObject({ words: true });
    await page.context().close();
  });

  it('shows viewers what they may see, and nothing that they may not do', async () => {
    const { id } = (await api.note(NOTE.file)).body;
    await api.ended(id);
    const page = await browser.signedIn({ token: VIEWER_TOKEN });
    expect(await page.getByRole('navigation').getByRole('link').allInnerTexts()).toEqual([
      'Notes',
      'Activity',
      'System',
    ]);
    for (const own of ['try', 'people', 'audit']) {
      await page.goto(`${service.url}/#/${own}`);
      await page.getByRole('heading', { name: 'Notes', level: 1 }).waitFor();
    }
    await page.locator('.note-row').first().click();
    await page.getByText('Only an administrator may listen').waitFor();
    await page.getByRole('main').getByText(NOTE.text).waitFor();
    for (const name of ['Erase', 'Try again', 'Cancel', /^Play from/])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    await page.context().close();
  });
});
