import { Injectable } from '@nestjs/common';
import { Answer } from '../../../core/answer';
import { Clock } from '../../../core/clock';
import { HarkError } from '../../../core/errors';
import { Leadership } from '../../../core/leadership';
import { Interaction } from '../../../core/voice-note';
import { RESPONSE_URL_USES } from '../slack-limits';
import { SlackAnswerRenderer, SlackMessage } from './answer.renderer';
import { SlackFirstAttempts } from './first-attempts';
import { digestOf, NOTHING_SHOWN, replyOf, SlackReply } from './reply';

const TIMEOUT_MS = 10_000;
/** Whoever hears the command may need one for a sentence of its own. */
const USES = RESPONSE_URL_USES - 1;

/**
 * Answers a command by its `response_url`. What was sent that way cannot be found or changed again (seen in the field:
 * `replace_original` makes another message), so nothing is sent twice: "listening" once, and the answer once.
 */
@Injectable()
export class SlackResponseOutlet {
  constructor(
    private readonly renderer: SlackAnswerRenderer,
    private readonly attempts: SlackFirstAttempts,
    private readonly clock: Clock,
    private readonly leadership: Leadership,
  ) {}

  /** Whether the answer can go this way, whole. */
  isOpen(answer: Answer, { expiresAt }: Interaction): boolean {
    const uses = replyOf(answer)?.uses ?? 0;
    return uses < USES && expiresAt > this.clock.now() && this.renderer.render(answer, 1).files.length === 0;
  }

  /** @throws HarkError `interaction_expired` when the way is closed, or the answer may have gone it already */
  async show(answer: Answer, interaction: Interaction, signal: AbortSignal): Promise<SlackReply> {
    const { messages, settled } = this.renderer.render(answer, 1);
    const [message] = messages;
    const before = replyOf(answer);
    const reply: SlackReply = before ?? { via: 'response', channel: '', ...NOTHING_SHOWN, uses: 0 };
    const digest = digestOf(message);
    if (!message || reply.shown[0] === digest) return reply;
    const attempt = settled ? `${answer.id}:${digest}` : `${answer.id}:listening`;
    if (!settled && reply.shown.length > 0) return reply;
    if (!this.attempts.note(attempt, answer.createdAt, interaction.id)) {
      if (!settled) return reply;
      throw closed('The answer may have been given already.');
    }
    await this.respond(interaction, message, settled, signal);
    return { ...reply, via: 'response', shown: [digest], uses: (reply.uses ?? 0) + 1 };
  }

  /** A sentence of hark's own to whoever asked, as a courtesy: it does not matter whether it arrives. */
  async mention(answer: Answer, interaction: Interaction, key: string, signal: AbortSignal): Promise<void> {
    if (interaction.expiresAt <= this.clock.now()) return;
    await this.respond(interaction, this.renderer.sentence(answer, key), false, signal).catch(() => {
      signal.throwIfAborted();
    });
  }

  private async respond(
    { token, ephemeral }: Interaction,
    message: SlackMessage,
    settled: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    await this.leadership.confirm();
    const audience = settled && !ephemeral ? 'in_channel' : 'ephemeral';
    const body = { ...message, response_type: audience, replace_original: false };
    try {
      const response = await fetch(token, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json; charset=utf-8' },
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      const said = await response.text();
      if (!response.ok) throw new Error(`The response was refused: ${response.status} ${said.slice(0, 100)}`);
    } catch (error) {
      signal.throwIfAborted();
      throw closed('The command has expired.', error);
    }
  }
}

function closed(sentence: string, cause?: unknown): HarkError {
  return new HarkError('interaction_expired', sentence, { cause });
}
