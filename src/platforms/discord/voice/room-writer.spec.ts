import { HarkError } from '../../../core/errors';
import { RoomWriter } from './room-writer';

const line = (id: string, start: number, text: string) => ({
  speaker: { id, name: id },
  start,
  end: start + 1,
  text,
  segments: [{ start, end: start + 1, text, confidence: 1 }],
});

/** A channel in which messages can be deleted, as moderators do. */
function scene() {
  const standing = new Map<string, string>();
  const present = (id: string): void => {
    if (!standing.has(id)) throw new HarkError('message_gone', 'The message is gone.');
  };
  let posted = 0;
  let gone = 0;
  const page = {
    post: (content: string) => {
      const id = `message ${++posted}`;
      standing.set(id, content);
      return Promise.resolve(id);
    },
    edit: async (id: string, content: string) => {
      await Promise.resolve();
      present(id);
      standing.set(id, content);
    },
    remove: async (id: string) => {
      await Promise.resolve();
      present(id);
      standing.delete(id);
    },
  };
  const writer = new RoomWriter(page, 1, () => (gone += 1));
  return { standing, writer, timesGone: () => gone };
}

describe('a conversation that is written down', () => {
  it('goes on when somebody deletes a message of it, without what stood there', async () => {
    const { standing, writer, timesGone } = scene();
    writer.add(line('anna', 0, 'deleted'));
    await writer.finish();
    standing.clear();
    writer.add(line('ben', 2, 'kept'));
    await writer.finish();
    expect([...standing.values()]).toEqual(['**ben** (0:02): kept']);
    expect(writer.lines.map(({ text }) => text)).toEqual(['kept']);
    writer.add(line('anna', 4, 'more'));
    await writer.finish();
    expect([...standing.values()]).toEqual(['**ben** (0:02): kept\n**anna** (0:04): more']);
    expect(timesGone()).toBe(0);
  });

  it('goes on when a message that is to be taken away is gone already', async () => {
    const { standing, writer, timesGone } = scene();
    writer.add(line('anna', 0, 'deleted'));
    await writer.finish();
    standing.clear();
    writer.forget('anna');
    await writer.finish();
    writer.add(line('ben', 2, 'kept'));
    await writer.finish();
    expect([...standing.values()]).toEqual(['**ben** (0:02): kept']);
    expect(timesGone()).toBe(0);
  });
});
