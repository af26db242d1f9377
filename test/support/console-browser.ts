import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Browser, BrowserContextOptions, Page, chromium } from 'playwright-core';
import { ADMIN_TOKEN } from './service-in-process';

/** The system's own; nothing is downloaded. */
function program(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, 'chromium')).find((path) => existsSync(path));
  if (found === undefined) throw new Error('chromium is needed for this test: `npm test` sees to it');
  return found;
}

/** Waits for something that is true of the page. Playwright's own way needs `eval`, which the page forbids. */
export async function until(page: Page, expression: string): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const look = () => ((${expression}) ? resolve() : requestAnimationFrame(look));
    look();
  })`);
}

/** A real browser that looks at the console. What goes wrong on its pages is kept. */
export class ConsoleBrowser implements AsyncDisposable {
  /** Errors of scripts, and what the page's own rules forbade. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly url: string,
  ) {}

  /** @param spoken a WAV file that is spoken into the microphone again and again */
  static async open(url: string, spoken?: string): Promise<ConsoleBrowser> {
    const args = [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-dev-shm-usage',
      // Nobody is there to be asked for a microphone.
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      ...(spoken === undefined ? [] : [`--use-file-for-fake-audio-capture=${spoken}`]),
    ];
    return new ConsoleBrowser(await chromium.launch({ executablePath: program(), args }), url);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
  }

  /** Closes all pages, also those that a failed test has left. */
  async clear(): Promise<void> {
    await Promise.all(this.browser.contexts().map((context) => context.close()));
  }

  /** The door, in a browser that has never been here. */
  async page(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(80_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      const text = message.text();
      // Answers that say no are part of the tests.
      if (message.type() === 'error' && !text.startsWith('Failed to load resource'))
        this.complaints.push(text);
    });
    await page.goto(this.url);
    return page;
  }

  async signedIn(options: BrowserContextOptions & { token?: string } = {}): Promise<Page> {
    const { token = ADMIN_TOKEN, ...context } = options;
    const page = await this.page(context);
    await page.getByLabel('Token', { exact: true }).fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation').waitFor();
    return page;
  }
}
