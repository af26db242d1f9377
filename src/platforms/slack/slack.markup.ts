import { ChatMarkup } from '../../core/answer-composer';

const ZERO_WIDTH_SPACE = '\u200b';
/** Begin a line of small print, and a heading. Nothing that was said can contain them. */
export const SMALL = '\u0001';
export const HEADING = '\u0002';
/** Around a word that may be wrong. */
export const [DOUBT, NO_DOUBT] = ['\u0003', '\u0004'];
// eslint-disable-next-line no-control-regex -- these are the characters that are to go
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/**
 * What is said goes into blocks that show it letter by letter, so there is nothing in it to escape; hark's own lines
 * are marked, to become blocks of their own.
 */
export const SLACK_MARKUP: ChatMarkup = {
  escape: (text) => text.replace(CONTROLS, ''),
  bold: (text) => `${HEADING}${oneLine(text)}`,
  small: (text) => `${SMALL}${oneLine(text)}`,
  doubtful: (text) => `${DOUBT}${text}${NO_DOUBT}`,
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Text as Slack's own markup ("mrkdwn") shows it: without mentions, links, emphasis, emoji or quotes coming of it. The
 * three entities are Slack's only escapes; a mark is robbed of its meaning by a zero-width space.
 */
export function escapeMrkdwn(text: string): string {
  return text
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? '')
    .replace(/[*_~`]/g, `$&${ZERO_WIDTH_SPACE}`)
    .replace(/:(?=[\w+'-]+:)/g, `:${ZERO_WIDTH_SPACE}`)
    .replace(/^(\s*)(?=&gt;|•|\d+\.)/gm, `$1${ZERO_WIDTH_SPACE}`)
    .replace(/@(?=channel|here|everyone)/gi, `@${ZERO_WIDTH_SPACE}`)
    .replace(/:(?=\/\/)/g, `:${ZERO_WIDTH_SPACE}`);
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
