import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';

/** Says the same to every question, at once, in the form of whisper.cpp's server: for thousands of notes. */
export interface QuickEngine extends AsyncDisposable {
  /** For `WHISPER_SERVER_URL`. */
  url: string;
}

/** @param answer that a real engine has given */
export async function startQuickEngine(answer: string): Promise<QuickEngine> {
  const server = createServer((question, response) => {
    question.resume().once('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(question.method === 'POST' ? answer : '{"status":"ok"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
