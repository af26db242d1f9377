import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import { hangUpOnSlowBodies } from './slow-bodies';

describe('bodies that come slowly', () => {
  let server: Server;
  let socket: Socket;

  beforeEach(async () => {
    server = createServer((request, response) => {
      request.on('error', () => undefined).resume();
      request.on('end', () => response.end('read'));
    });
    hangUpOnSlowBodies(server, 100);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  });
  afterEach(() => {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  });

  const send = (type: string, length = 'Content-Length: 9'): void =>
    void socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\n${length}\r\n\r\n`);
  const heard = async (): Promise<string> => {
    let text = '';
    try {
      for await (const chunk of socket) {
        text += String(chunk);
        if (text.endsWith('read')) break;
      }
    } catch {
      // Hung up on while something was still on its way.
    }
    return text;
  };

  it.each([
    ['application/json', undefined],
    ['application/json', 'Transfer-Encoding: chunked'],
    ['text/multipart/form-data', undefined],
  ])('end with a connection that is hung up: %s %s', async (type, length) => {
    send(type, length);
    const own = socket;
    const drip = setInterval(() => own.write(length ? '1\r\nx\r\n' : 'x'), 50);
    own.once('close', () => clearInterval(drip));
    expect(await heard()).toBe('');
  });

  it('are waited for when they are files', async () => {
    send('multipart/form-data; boundary=x');
    const heardAll = heard();
    // Longer than anything else may take.
    setTimeout(() => socket.write('123456789'), 300);
    expect(await heardAll).toMatch(/read$/);
  });

  it('do not keep long answers from being sent', async () => {
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      request.resume();
      setTimeout(() => response.end('read'), 300);
    });
    hangUpOnSlowBodies(server, 100);
    send('application/json');
    socket.write('123456789');
    expect(await heard()).toMatch(/read$/);
  });
});
