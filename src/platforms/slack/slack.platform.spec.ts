import { chatPlatformContract } from '../../../test/contracts/chat/chat-platform.contract';
import { slackBench } from '../../../test/support/slack-bench';
import { openSlackHome } from '../../../test/support/slack-home';

describe('Slack as a chat platform', () => {
  chatPlatformContract(async () => slackBench(await openSlackHome()));
});
