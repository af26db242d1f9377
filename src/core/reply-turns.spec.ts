import { ReplyTurns } from './reply-turns';

describe('ReplyTurns', () => {
  it('lets the work on one answer go one after the other, also after a failure', async () => {
    const turns = new ReplyTurns();
    const order: string[] = [];
    const first = Promise.withResolvers<void>();
    const failing = turns.take('a', async () => {
      await first.promise;
      order.push('first');
      throw new Error('lost');
    });
    const second = turns.take('a', () => Promise.resolve(order.push('second')));
    const elsewhere = turns.take('b', () => Promise.resolve(order.push('elsewhere')));
    await elsewhere;
    first.resolve();
    await expect(failing).rejects.toThrow('lost');
    await second;
    expect(order).toEqual(['elsewhere', 'first', 'second']);
  });
});
