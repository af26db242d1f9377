import { createServer, IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { Json } from './slack-model';

/** A listening HTTP server. */
export interface Listener {
  server: Server;
  /** `127.0.0.1:port` */
  host: string;
}

export function listen(
  handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Listener> {
  const answer: RequestListener = (request, response) => {
    handler(request, response).catch((error: unknown) => {
      if (response.destroyed) return;
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(error instanceof Error ? error.stack : String(error));
    });
  };
  const server = createServer(answer);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve({ server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` });
    });
  });
}

export function close({ server }: Listener): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export function sendJson(response: ServerResponse, body: Json, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}

/** The form of a multipart body: fields as strings, files as buffers. */
export async function formOf(body: Buffer, contentType: string): Promise<Map<string, string | Buffer>> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  const fields = new Map<string, string | Buffer>();
  for (const [name, value] of form)
    fields.set(name, typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()));
  return fields;
}
