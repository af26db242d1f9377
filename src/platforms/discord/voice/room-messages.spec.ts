import { RoomMessages } from './room-messages';

const line = (id: string, start: number, text: string) => ({
  speaker: { id, name: id },
  start,
  end: start + 1,
  text,
  segments: [{ start, end: start + 1, text, confidence: 1 }],
});
const shown = (messages: RoomMessages): string[] =>
  messages.changed().map(({ message, content }) => {
    message.id ??= `message ${messages.all.indexOf(message)}`;
    message.shown = content;
    return content;
  });

describe('a conversation in messages', () => {
  it('is in the order of what was said, whatever was understood first', () => {
    const messages = new RoomMessages();
    messages.add(line('ben', 4, 'second'));
    messages.add(line('anna', 1.5, 'first'));
    messages.add(line('ben', 75, 'third'));
    expect(shown(messages)).toEqual([
      '**anna** (0:01): first\n**ben** (0:04): second\n**ben** (1:15): third',
    ]);
    expect(shown(messages)).toEqual([]);
  });

  it('goes on in another message where one is full', () => {
    const messages = new RoomMessages();
    for (let at = 0; at < 60; at++) messages.add(line('anna', at, `sentence ${at} `.repeat(8).trim()));
    const contents = shown(messages);
    expect(contents.length).toBeGreaterThan(2);
    for (const content of contents) expect(content.length).toBeLessThanOrEqual(2_000);
    expect(contents.join('\n').match(/sentence \d+ sentence/g)?.length).toBeGreaterThanOrEqual(60);
    messages.add(line('ben', 100, 'the last'));
    // What was written before stays as it is.
    expect(shown(messages)).toHaveLength(1);
  });

  it('has room for somebody who never stops, and for names and words that are meant to harm', () => {
    const messages = new RoomMessages();
    messages.add(line('x'.repeat(300), 0, '*_~`|<>[]@everyone '.repeat(400)));
    messages.add(line('*a*', 1, '<@1> [link](https://evil.example)'));
    const contents = shown(messages);
    for (const content of contents) expect(content.length).toBeLessThanOrEqual(2_000);
    expect(contents.at(-1)).toContain('**\\*a\\*** (0:01): \\<@1\\> \\[link\\](https\\://evil');
    expect(messages.lines).toHaveLength(2);
  });

  it('forgets one of several', () => {
    const messages = new RoomMessages();
    messages.add(line('anna', 0, 'keep'));
    messages.add(line('ben', 1, 'drop'));
    shown(messages);
    messages.forget('ben');
    expect(shown(messages)).toEqual(['**anna** (0:00): keep']);
    messages.forget('anna');
    expect(shown(messages)).toEqual(['']);
    expect(messages.lines).toEqual([]);
  });
});
