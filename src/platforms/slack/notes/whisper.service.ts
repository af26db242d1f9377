import { Injectable, Logger } from '@nestjs/common';
import { shownSentence } from '../panels/sentence-blocks';
import { SlackMessage } from '../slack-payload';
import { SlackWebApi } from '../slack-web-api.service';

const TIMEOUT_MS = 15_000;

/** Says things that are no transcript, to the one whom they concern alone. */
@Injectable()
export class WhisperService {
  private readonly logger = new Logger(WhisperService.name);

  constructor(private readonly api: SlackWebApi) {}

  /** Never throws: where hark may not write, nothing is said. */
  async say(team: string, { channel, user, thread_ts }: SlackMessage, sentence: string): Promise<void> {
    if (user === undefined) return;
    try {
      await this.api.call(
        team,
        (client) =>
          client.chat.postEphemeral({
            channel,
            user,
            ...shownSentence(sentence),
            ...(thread_ts && { thread_ts }),
          }),
        AbortSignal.timeout(TIMEOUT_MS),
      );
    } catch (error) {
      this.logger.debug({ err: error, msg: 'Something could not be said in Slack' });
    }
  }
}
