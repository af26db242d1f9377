import { Cue, cuesOf } from './cues';
import { Segment } from './transcript';

/** SubRip: numbered cues, commas in the times. It knows no escaping, so what looks like a time line is spelt otherwise. */
export function toSrt(segments: readonly Segment[]): string {
  return cuesOf(segments)
    .map((cue, index) => `${index + 1}\n${timesOf(cue, ',')}\n${textOf(cue, plain)}\n`)
    .join('\n');
}

/** WebVTT (W3C): text is escaped, so that nothing in it is a tag or a time line. */
export function toVtt(segments: readonly Segment[]): string {
  return [
    'WEBVTT\n',
    ...cuesOf(segments).map((cue) => `${timesOf(cue, '.')}\n${textOf(cue, escaped)}\n`),
  ].join('\n');
}

function textOf({ lines }: Cue, spell: (line: string) => string): string {
  return lines.map(spell).join('\n');
}

function plain(line: string): string {
  return line.replaceAll('-->', '→');
}

function escaped(line: string): string {
  return line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function timesOf({ start, end }: Cue, separator: string): string {
  return `${timestamp(start, separator)} --> ${timestamp(end, separator)}`;
}

function timestamp(seconds: number, separator: string): string {
  const milliseconds = Math.round(seconds * 1000);
  const parts = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60, (milliseconds / 1000) % 60];
  const clock = parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
  return `${clock}${separator}${String(milliseconds % 1000).padStart(3, '0')}`;
}
