import { toSrt } from './subtitles';
import { onOneLine } from './timed-text';
import { Segment } from './transcript';

/** What one of several has said, in seconds from the beginning of the conversation. */
export interface SpokenLine {
  speaker: { id: string; name: string };
  start: number;
  end: number;
  text: string;
  segments: Segment[];
}

/** Who spoke first comes first. */
function inOrder(lines: readonly SpokenLine[]): SpokenLine[] {
  return [...lines].sort((a, b) => a.start - b.start);
}

/** A conversation to be read: when, who, what. */
export function conversationText(lines: readonly SpokenLine[]): string {
  return inOrder(lines)
    .map(({ start, speaker, text }) => `[${clockOf(start)}] ${onOneLine(speaker.name)}: ${onOneLine(text)}\n`)
    .join('');
}

/** The same as subtitles; the first of each one's lines bears the name. */
export function conversationSubtitles(lines: readonly SpokenLine[]): string {
  const segments = inOrder(lines).flatMap(({ speaker, segments: [first, ...others] }) =>
    first ? [{ ...first, text: `${onOneLine(speaker.name)}: ${first.text.trim()}` }, ...others] : [],
  );
  return toSrt(segments);
}

/** `0:07`, `12:30`, `1:02:03`. */
export function clockOf(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
