import { describeExactlyOnce } from './exactly-once.contract';
import { describeHostileText } from './hostile-text.contract';
import { describeLongText } from './long-text.contract';
import { describeOneAnswer } from './one-answer.contract';
import { describeOpeningMedia } from './opening-media.contract';
import { ChatPlatformBench, chatRig } from './platform-under-test';
import { describeSeveralNotes } from './several-notes.contract';

/** What every chat platform does. */
export function chatPlatformContract(makeBench: () => Promise<ChatPlatformBench>): void {
  const rig = chatRig(makeBench);
  describeOpeningMedia(rig);
  describeOneAnswer(rig);
  describeLongText(rig);
  describeHostileText(rig);
  describeSeveralNotes(rig);
  describeExactlyOnce(rig);
}
