import { EventEmitter } from 'node:events';
import { HarkError } from '../../core/errors';
import { LiveConnection } from './live-connection';
import { LiveLimits } from './live-limits';

describe('a live connection', () => {
  it('ends within the time that hark has left, though its client has ended it before', async () => {
    const deadlines: number[] = [];
    const ended = Promise.withResolvers<void>();
    const session = {
      facts: { id: 'a-session', seconds: 0, spoken: 0 },
      end: (deadlineMs: number) => {
        deadlines.push(deadlineMs);
        if (deadlineMs <= 4_000) ended.resolve();
        return ended.promise;
      },
      cancel: () => undefined,
    };
    const socket = Object.assign(new EventEmitter(), {
      close: () => setImmediate(() => socket.emit('close')),
      resume: () => undefined,
      terminate: () => undefined,
    });
    const admitted = { session, informed: (options: object) => options };
    const connection = new LiveConnection(socket as never, admitted as never, new LiveLimits(), 60);
    socket.emit('message', Buffer.from('{"type":"stop"}'), false);
    await connection.finish(new HarkError('service_unavailable', 'hark is being stopped.'), 4_000);
    expect(deadlines).toEqual([60_000, 4_000]);
  });
});
