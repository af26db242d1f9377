import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { EngineClient } from './engine-client';

const NEVER = new AbortController().signal;
const samples = new Int16Array(16_000);

describe('how much a server is told to look at', () => {
  let server: Server;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    server = createServer((question, answer) => {
      void text(question).then((form) => {
        const field = (name: string): string =>
          new RegExp(`name="${name}"\\r\\n\\r\\n(.*)\\r\\n`).exec(form)?.[1] ?? '';
        asked.push(`${field('language')} ${field('audio_ctx')}`);
        answer.end('{"language":"german","segments":[]}');
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  async function ask(exclusive: boolean, contexts: number[], language = 'de'): Promise<void> {
    const client = new EngineClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, exclusive);
    for (const audioContext of contexts) await client.ask({ samples, language, audioContext }, NEVER);
    await client.close();
  }

  it('is what is needed where it is our own', async () => {
    await ask(true, [120, 282, 1_500]);
    expect(asked).toEqual(['de 120', 'de 282', 'de 1500']);
  });

  it('goes in steps where nobody knows how it was started', async () => {
    await ask(false, [120, 282, 1_280, 1_432]);
    expect(asked).toEqual(['de 256', 'de 512', 'de 1280', 'de 1500']);
  });

  it('is less where only the language is found out: that is done with what was left by the question before', async () => {
    await ask(true, [512, 512, 100], 'auto');
    expect(asked).toEqual(['en 192', 'auto 512', 'en 192', 'auto 512', 'en 100', 'auto 100']);
  });
});
