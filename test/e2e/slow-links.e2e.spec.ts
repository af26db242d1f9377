import { readFileSync } from 'node:fs';
import { ServerResponse, createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Policy } from '../../src/core/policy';
import { ApiClient } from '../support/api-client';
import { longRecording } from '../support/long-recording';
import { NOTES } from '../support/notes';
import { RunningService, startService } from '../support/service-in-process';

const NOTE = readFileSync(join(__dirname, '../support/audio/01-en.ogg'));

describe('links whose bytes come one by one', () => {
  const dripping = new Set<ServerResponse>();
  let long: (response: ServerResponse) => void;
  const web = createServer(({ url }, response) => {
    if (url === '/long.ogg') return long(response);
    response.writeHead(200, { 'content-type': 'audio/ogg' }).write(NOTE.subarray(0, 1));
    dripping.add(response);
  });
  let sent = 1;
  const drip = setInterval(() => {
    for (const response of dripping) response.write(NOTE.subarray(sent, sent + 1));
    sent += 1;
  }, 250);
  let service: RunningService;
  let host: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(web.address() as AddressInfo).port}`;
    service = await startService({ MEDIA_ALLOW_HOSTS: host });
    const policy: { soundMs: number } = service.app.get(Policy, { strict: false });
    policy.soundMs = 1_000;
  }, 60_000);
  afterAll(async () => {
    clearInterval(drip);
    await service.close();
    web.closeAllConnections();
    await new Promise((resolve) => web.close(resolve));
  });

  it('keep no note waiting that is here', async () => {
    const api = new ApiClient(service.url);
    const links: string[] = [];
    for (let at = 0; at < 4; at++) links.push((await api.link({ url: `http://${host}/${at}.ogg` })).body.id);
    const since = performance.now();
    const { body } = await api.upload({ name: 'note.ogg', content: NOTE });
    expect(await api.ended(body.id)).toMatchObject({ status: 'done', text: NOTES[0]?.text });
    if (process.env.HARK_FIGURES)
      console.log(`a note beside four links that drip: ${Math.round(performance.now() - since)} ms`);
    const states = await Promise.all(links.map(async (id) => (await api.get(`/jobs/${id}`)).body.status));
    expect(states.filter((status) => status === 'running').length).toBeGreaterThan(0);
    for (const status of states) expect(['queued', 'running']).toContain(status);
    for (const id of links) await api.post(`/jobs/${id}/cancel`);
  });

  it('are read while they come: the first words are there before the last bytes', async () => {
    const api = new ApiClient(service.url);
    const recording = await longRecording(90);
    const bytes = readFileSync(recording.path);
    await recording.remove();
    const here = Math.floor(bytes.length * 0.6);
    const asked = Promise.withResolvers<ServerResponse>();
    long = (response) => {
      response.writeHead(200, { 'content-type': 'audio/ogg', 'content-length': bytes.length });
      response.write(bytes.subarray(0, here));
      asked.resolve(response);
    };
    const { id } = (await api.link({ url: `http://${host}/long.ogg` })).body;
    const response = await asked.promise;
    const firstWords = Promise.withResolvers<string>();
    const stream = api.listen(id, ({ type, data }) => {
      if (type === 'segment') firstWords.resolve(data.text ?? '');
    });
    // The rest is not sent before.
    expect((await firstWords.promise).trim()).not.toBe('');
    stream.close();
    response.end(bytes.subarray(here));
    expect(await api.ended(id)).toMatchObject({ status: 'done' });
  });
});
