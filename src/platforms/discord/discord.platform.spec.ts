import { chatPlatformContract } from '../../../test/contracts/chat/chat-platform.contract';
import { discordBench } from '../../../test/support/discord-bench';
import { openDiscordHome } from '../../../test/support/discord-home';

describe('Discord as a chat platform', () => {
  chatPlatformContract(async () => discordBench(await openDiscordHome()));
});
