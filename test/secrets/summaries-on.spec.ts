import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChatCompletionsServer } from '../support/language-models/chat-completions-server';
import { MessagesServer } from '../support/language-models/messages-server';
import { LONG_TALK } from '../support/long-talk';
import { OpenAiServer } from '../support/openai-server/openai-server';
import { alwaysHearing } from '../support/openai-server/spoken';
import { summarySettings } from '../support/summarizers';
import { HarkRun } from './hark-run';
import { Marks } from './marks';
import { WatchedApi } from './watched-api';
import { Written } from './written';

const NOTE = readFileSync(join(__dirname, '../support/audio/01-en.ogg'));

describe('secrets of services that sum up', () => {
  it('are written nowhere, whether the service takes them or not', async () => {
    const [marks, written] = [new Marks(), new Written()];
    const dataDir = mkdtempSync(join(tmpdir(), 'hark-secrets-'));
    const ears = await OpenAiServer.start({ ears: alwaysHearing(LONG_TALK) });
    const chat = await new ChatCompletionsServer({ key: marks.make('SUMMARY_OPENAI_API_KEY') }).start();
    const messages = await new MessagesServer({ key: marks.make('the right key') }).start();
    const adminToken = marks.make('ADMIN_TOKEN');
    const variables = {
      DATA_DIR: dataDir,
      ADMIN_TOKEN: adminToken,
      TRANSCRIBERS: 'openai',
      OPENAI_BASE_URL: ears.url,
      OPENAI_MODEL: 'whisper-1',
      ...summarySettings({ openai: chat, anthropic: messages }),
      SUMMARY_ANTHROPIC_API_KEY: marks.make('SUMMARY_ANTHROPIC_API_KEY'),
    };
    const hark = new HarkRun('the service', 'main.js', [], variables);
    try {
      const admin = new WatchedApi(await hark.url(), `Bearer ${adminToken}`, written);
      const form = new FormData();
      form.set('file', new File([NOTE], 'note.ogg'));
      const { id } = await admin.job(form);
      const sumUp = (driver: string): Promise<string> =>
        admin.call('POST', `/api/v1/jobs/${id}/summary`, { driver });
      expect(await sumUp('openai')).toContain(chat.model);
      expect(await sumUp('anthropic')).toContain('summarizer_unavailable');
      expect(messages.refused).not.toEqual([]);
      for (const path of [`/api/v1/jobs/${id}/summary`, '/health/ready', '/metrics', '/api/v1/audit'])
        await admin.get(path);
      await new HarkRun('the doctor', 'cli/hark.js', ['doctor'], variables).over(written);
    } finally {
      await hark.over(written, 'SIGTERM');
      await Promise.all([ears.stop(), chat.stop(), messages.stop()]);
    }
    written.addFolder('data', dataDir);
    rmSync(dataDir, { recursive: true, force: true });
    expect(written.leaks(marks)).toEqual([]);
    expect(written.holds('output of the doctor', 'summaries: anthropic')).toBe(true);
    expect(written.holds('data/hark.sqlite', chat.model)).toBe(true);
  }, 60_000);
});
