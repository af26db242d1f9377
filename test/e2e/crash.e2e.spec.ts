import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { HarkProcess } from '../support/hark-process';

const SECRET = 'xoxb-a-secret-of-somebody';

describe('an error that nobody caught', () => {
  it.each(['throw error', 'Promise.reject(error)'])(
    'ends the process, logged and reported: %s',
    async (mistake) => {
      const folder = await mkdtemp(join(tmpdir(), 'hark-test-'));
      const script = join(folder, 'mistake.cjs');
      await writeFile(
        script,
        `process.on('SIGUSR2', () => { const error = new Error('by mistake ${SECRET}'); ${mistake}; });`,
      );
      const reports: string[] = [];
      const receiver = createServer((request, response) => {
        void text(request).then((body) => {
          reports.push(body);
          response.end('{}');
        });
      }).listen(0, '127.0.0.1');
      await once(receiver, 'listening');
      const { port } = receiver.address() as AddressInfo;
      const hark = await HarkProcess.start({
        NODE_OPTIONS: `--require ${script}`,
        SENTRY_DSN: `http://publickey@127.0.0.1:${port}/42`,
      });
      try {
        expect(await hark.end('SIGUSR2')).toBe(1);
        await hark.logged((line) => line.includes('"level":"fatal"') && line.includes('by mistake'));
        expect(reports.join()).toContain('by mistake');
        expect([...hark.log, ...reports].join()).not.toContain(SECRET);
      } finally {
        await hark[Symbol.asyncDispose]();
        receiver.close();
        await rm(folder, { recursive: true });
      }
    },
  );
});
