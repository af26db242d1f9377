import { Gesture } from '../interactions/gesture';
import { HARK_COMMANDS, SLACK_COMMANDS } from '../slack-subscriptions';

/** Whether it is this word behind `/hark`; without any word it is `help`. */
export function isHarkCommand({ command, text }: Gesture, name: (typeof HARK_COMMANDS)[number]): boolean {
  return command === SLACK_COMMANDS.hark && (text.toLowerCase() || 'help') === name;
}
