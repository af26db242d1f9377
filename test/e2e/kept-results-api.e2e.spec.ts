import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { JobView } from '../../src/api/jobs/job.view';
import { ApiClient } from '../support/api-client';
import { OpenAiServer } from '../support/openai-server/openai-server';
import { RunningService, startService } from '../support/service-in-process';

const VOICE = readFileSync(join(__dirname, '../support/audio/01-en.ogg'));

describe('the same audio once more, over the API', () => {
  let engine: OpenAiServer;
  let service: RunningService;
  let api: ApiClient;
  const page = createServer((_, response) => response.end(VOICE));

  beforeAll(async () => {
    page.listen(0, '127.0.0.1');
    await once(page, 'listening');
    engine = await OpenAiServer.start();
    service = await startService({
      TRANSCRIBERS: 'openai',
      OPENAI_BASE_URL: engine.url,
      OPENAI_MODEL: 'whisper-1',
      REUSE_DAYS: '7',
      MEDIA_ALLOW_HOSTS: `127.0.0.1:${(page.address() as AddressInfo).port}`,
    });
    api = new ApiClient(service.url);
  });
  afterAll(async () => {
    await service.close();
    await engine.stop();
    page.close();
  });

  const upload = async (fields: Record<string, string> = {}, name = '01-en.ogg'): Promise<JobView> =>
    api.ended((await api.upload({ name, content: VOICE }, fields)).body.id);
  const link = async (path: string): Promise<JobView> => {
    const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}${path}`;
    return api.ended((await api.link({ url })).body.id);
  };

  it('is not listened to, and says so', async () => {
    const first = await upload();
    expect(first).toMatchObject({ reused: false, text: 'Hello there.' });
    const second = await upload({}, 'renamed.ogg');
    expect(second).toMatchObject({ reused: true, text: 'Hello there.', language: 'en' });
    expect(second.media).toEqual({ ...first.media, name: 'renamed.ogg' });
    expect(engine.heard).toHaveLength(1);
    const events = await api.events(second.id);
    expect(events.filter(({ type }) => type === 'segment')).toHaveLength(1);
  });

  it('is known wherever its bytes come from', async () => {
    const heard = engine.heard.length;
    expect(await link('/a')).toMatchObject({ reused: true, text: 'Hello there.' });
    expect(engine.heard).toHaveLength(heard);
  });

  it('is listened to when that is wanted, and with other options', async () => {
    const heard = engine.heard.length;
    expect(await upload({ fresh: 'true' })).toMatchObject({ reused: false });
    expect(await upload({ language: 'de' })).toMatchObject({ reused: false });
    expect(await upload({ translate: 'true' })).toMatchObject({ reused: false });
    expect(await upload({ prompt: 'Peter' })).toMatchObject({ reused: false });
    expect(await upload({ prompt: 'Peter' })).toMatchObject({ reused: true });
    expect(engine.heard).toHaveLength(heard + 4);
  });

  it('is listened to when what was heard has been erased', async () => {
    const { jobs } = (await api.get<{ jobs: JobView[] }>('/jobs')).body;
    for (const { id } of jobs) await api.call('DELETE', `/api/v1/jobs/${id}`);
    expect(await upload()).toMatchObject({ reused: false });
  });
});
