import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '../support/api-client';
import { ConsoleBrowser } from '../support/console-browser';
import { ChatCompletionsServer } from '../support/language-models/chat-completions-server';
import { LONG_TALK } from '../support/long-talk';
import { OpenAiServer } from '../support/openai-server/openai-server';
import { alwaysHearing } from '../support/openai-server/spoken';
import { RunningService, startService, VIEWER_TOKEN } from '../support/service-in-process';
import { summarySettings } from '../support/summarizers';

const VOICE = readFileSync(join(__dirname, '../support/audio/01-en.ogg'));

describe('the summary on a note’s page', () => {
  let ears: OpenAiServer;
  let openai: ChatCompletionsServer;
  let service: RunningService;
  let browser: ConsoleBrowser;
  beforeAll(async () => {
    ears = await OpenAiServer.start({ ears: alwaysHearing(LONG_TALK) });
    openai = await new ChatCompletionsServer().start();
    const transcriber = { TRANSCRIBERS: 'openai', OPENAI_BASE_URL: ears.url, OPENAI_MODEL: 'whisper-1' };
    service = await startService({ ...transcriber, ...summarySettings({ openai }) });
    browser = await ConsoleBrowser.open(service.url);
  }, 60_000);
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await service.close();
    await Promise.all([ears.stop(), openai.stop()]);
  });

  it('is asked for by admins, and shown to viewers', async () => {
    const api = new ApiClient(service.url);
    const { id } = await api.ended((await api.upload({ name: 'talk.ogg', content: VOICE })).body.id);
    openai.scenes.push({
      words: ['The boat leaves on Monday at seven.\n', '- Greta brings **the bread**\n- <b>x</b>'],
    });
    const page = await browser.signedIn();
    await page.goto(`${service.url}/#/notes/${id}`);
    const box = page.getByRole('region', { name: 'Summary' });
    await box.getByRole('button', { name: 'Summarize' }).click();
    await box.getByText('• Greta brings the bread').waitFor();
    const text = await box.innerText();
    expect(text).toContain('<b>x</b>');
    expect(text).toContain('150 tokens');

    const viewer = await browser.signedIn({ token: VIEWER_TOKEN });
    await viewer.goto(`${service.url}/#/notes/${id}`);
    const seen = viewer.getByRole('region', { name: 'Summary' });
    await seen.getByText('The boat leaves on Monday').waitFor();
    expect(await seen.getByRole('button').count()).toBe(0);
    expect(browser.complaints).toEqual([]);
  }, 90_000);
});
