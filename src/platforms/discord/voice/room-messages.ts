import { bold } from 'discord.js';
import { clockOf, SpokenLine } from '../../../core/spoken-lines';
import { splitText } from '../../../core/text-splitter';
import { DISCORD_MARKUP } from '../discord.markup';

/** Of one message; Discord takes 2,000. */
const MOST_CHARACTERS = 1_900;
/** Of one line, beside the name. */
const LONGEST_ROW = 1_600;
const LONGEST_NAME = 80;

interface Row {
  line: SpokenLine;
  text: string;
}

/** A message of the conversation. */
export interface RoomMessage {
  id?: string;
  /** As it was shown last. */
  shown?: string;
  rows: Row[];
}

/**
 * A conversation as messages: everybody's words in the order in which they were spoken. What is understood later than
 * what was said after it is put in its place, as long as there is room in the last message.
 */
export class RoomMessages {
  readonly all: RoomMessage[] = [];

  get lines(): SpokenLine[] {
    return [...new Set(this.all.flatMap(({ rows }) => rows.map(({ line }) => line)))];
  }

  add(line: SpokenLine): void {
    const last = this.all.at(-1) ?? this.open();
    last.rows.push(...rowsOf(line));
    last.rows.sort((a, b) => a.line.start - b.line.start);
    for (let full = last; contentOf(full).length > MOST_CHARACTERS && full.rows.length > 1;) {
      const next = this.open();
      while (contentOf(full).length > MOST_CHARACTERS && full.rows.length > 1)
        next.rows.unshift(full.rows.pop()!);
      full = next;
    }
  }

  /** Takes out what this person has said. */
  forget(person: string): void {
    for (const message of this.all)
      message.rows = message.rows.filter(({ line }) => line.speaker.id !== person);
  }

  /** The message is gone, and what stood in it with it. @returns what is left of it: it was not shown yet */
  withdraw(message: RoomMessage): string {
    const gone = new Set(message.shown?.split('\n'));
    message.rows = message.rows.filter(({ text }) => !gone.has(text));
    message.id = undefined;
    message.shown = undefined;
    return contentOf(message);
  }

  /** Those that are to be shown anew, in order; empty content: to be taken away. */
  changed(): { message: RoomMessage; content: string }[] {
    return this.all
      .map((message) => ({ message, content: contentOf(message) }))
      .filter(({ message, content }) => content !== (message.shown ?? ''));
  }

  private open(): RoomMessage {
    const message: RoomMessage = { rows: [] };
    this.all.push(message);
    return message;
  }
}

function contentOf({ rows }: RoomMessage): string {
  return rows.map(({ text }) => text).join('\n');
}

function rowsOf(line: SpokenLine): Row[] {
  const escape = (text: string): string => DISCORD_MARKUP.escape(text);
  const name = bold(escape(line.speaker.name.slice(0, LONGEST_NAME)));
  const size = (text: string): number => escape(text).length;
  return splitText(line.text.replace(/\s+/g, ' '), LONGEST_ROW, size).map((text, index) => ({
    line,
    text: index === 0 ? `${name} (${clockOf(line.start)}): ${escape(text)}` : escape(text),
  }));
}
