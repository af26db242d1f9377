import { HarkError } from '../../core/errors';
import { Phrasebook } from '../../core/phrasebook';
import { sentenceOf } from '../../core/sentence';
import { escapeMrkdwn } from './slack.markup';

/** Around the seconds since 1970 that stand for a time until the sentence is written for Slack. */
const [BEGIN, END] = ['\uE000', '\uE001'];
const TIMES = new RegExp(`${BEGIN}(\\d+)${END}`, 'g');

/** A `HarkError` as a sentence in which Slack will show times as the reader's own clock has them. */
export function slackSentence(phrasebook: Phrasebook, locale: string | undefined, error: HarkError): string {
  return sentenceOf(phrasebook, locale, error, (time) => `${BEGIN}${Math.ceil(time.getTime() / 1000)}${END}`);
}

export function hasTimes(sentence: string): boolean {
  return sentence.search(TIMES) >= 0;
}

/**
 * The sentence in Slack's own markup.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function markedSentence(sentence: string): string {
  return escapeMrkdwn(sentence).replace(TIMES, (_, seconds: string) => {
    const otherwise = `${new Date(Number(seconds) * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    return `<!date^${seconds}^{time} ({date_short_pretty})|${otherwise}>`;
  });
}
