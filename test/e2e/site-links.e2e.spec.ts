import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ApiClient } from '../support/api-client';
import { NOTES } from '../support/notes';
import { startService } from '../support/service-in-process';

const NOTE = readFileSync(join(__dirname, '../support/audio/01-en.ogg'));
const PAGE =
  '<!doctype html><html><head><title>A talk</title></head><body><audio src="/a.ogg"></audio></body></html>';

describe('a link to a page that holds a recording', () => {
  const web = createServer(({ url }, response) => {
    if (url === '/a.ogg') response.writeHead(200, { 'content-type': 'audio/ogg' }).end(NOTE);
    else response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
  });
  const host = () => `127.0.0.1:${(web.address() as AddressInfo).port}`;

  beforeAll(() => new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => web.close(resolve)));

  it.each([
    ['switched on', { YT_DLP: 'on' }, { status: 'done', text: NOTES[0]?.text }],
    ['switched off as a feature', { YT_DLP: 'on', FEATURES: '-site-links' }, { status: 'failed' }],
    ['not switched on', {}, { status: 'failed', error: { code: 'media_is_html' } }],
  ])('where that is %s', async (_what, settings, expected) => {
    const variables = { MEDIA_ALLOW_HOSTS: host(), YT_DLP_SITES: '127.0.0.1', ...settings };
    const service = await startService(variables);
    try {
      const api = new ApiClient(service.url);
      const { body } = await api.link({ url: `http://${host()}/watch?v=1` });
      expect(await api.ended(body.id)).toMatchObject(expected);
      await service.cleared();
    } finally {
      await service.close();
    }
  });
});
