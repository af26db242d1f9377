import { endsSentence, textOfTokens } from './reading-lines';
import { TimedToken, onOneLine, tokensOf } from './timed-text';
import { Transcript } from './transcript';

/** Somebody who is silent for so long begins anew. */
const PARAGRAPH_PAUSE_SECONDS = 1.5;
/** A shorter note is one paragraph, whatever its pauses. */
const PARAGRAPHS_FROM_SECONDS = 60;

/** The text to read: a paragraph a line, an empty line between, broken where the speaker paused; ends with a newline. */
export function toProse({ text, segments, seconds }: Transcript): string {
  const paragraphs: TimedToken[][] = [];
  for (const token of tokensOf(segments)) {
    const open = paragraphs.at(-1);
    if (open && (seconds < PARAGRAPHS_FROM_SECONDS || !begins(token, open.at(-1)))) open.push(token);
    else paragraphs.push([token]);
  }
  const prose = paragraphs.map(textOfTokens).join('\n\n') || onOneLine(text);
  return prose === '' ? '' : `${prose}\n`;
}

/** A pause for thought within a sentence begins nothing. */
function begins(token: TimedToken, previous: TimedToken | undefined): boolean {
  if (!previous || token.start - previous.end < PARAGRAPH_PAUSE_SECONDS) return false;
  return token.opens || endsSentence(previous.text);
}
