import { IncomingMessage, ServerResponse } from 'node:http';
import { LanguageModelServer, Telling } from './language-model-server';
import { ModelRefusal, Question, checkFields, questionOf } from './scenes';

/** Anthropic's `/v1/messages`, streaming. */
export class MessagesServer extends LanguageModelServer {
  protected readonly path = '/v1/messages';

  get url(): string {
    return `http://${this.host}`;
  }

  protected checkHeaders({ headers, method }: IncomingMessage): void {
    // As the official client documents it for this version.
    if (headers.authorization !== `Bearer ${this.key}` || headers['x-api-key'] !== undefined)
      throw new ModelRefusal(401, 'authentication_error', `invalid key ${headers.authorization}`);
    if (headers['anthropic-version'] !== '2026-10-21')
      throw new ModelRefusal(400, 'invalid_request_error', 'anthropic-version: header is required');
    if (method === 'POST' && !headers['content-type']?.startsWith('application/json'))
      throw new ModelRefusal(400, 'invalid_request_error', 'application/json is needed');
  }

  protected understand(body: unknown): Question {
    checkFields(body, {
      model: (value) => value === this.model,
      max_tokens: (value) => Number.isInteger(value) && (value as number) > 0,
      system: (value) => typeof value === 'string',
      messages: (value) => Array.isArray(value) && value.length === 1,
      stream: (value) => value === true,
    });
    const { system, messages, max_tokens } = body as {
      system: unknown;
      messages: Record<string, unknown>[];
      max_tokens?: number;
    };
    if (max_tokens === undefined)
      throw new ModelRefusal(400, 'invalid_request_error', 'max_tokens: Field required');
    const [message] = messages;
    checkFields(message, { role: (role) => role === 'user', content: () => true });
    return questionOf(system, message?.content, body as Record<string, unknown>);
  }

  protected async tell(
    response: ServerResponse,
    words: readonly string[],
    { end, gate, over, usage, why }: Telling,
  ): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    const say = (type: string, more: object = {}): void =>
      void response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`);
    const counted = { input_tokens: 100, cache_read_input_tokens: 20, cache_creation_input_tokens: null };
    const message = { id: 'msg_1', type: 'message', role: 'assistant', model: this.model, content: [] };
    const open = { stop_reason: null, stop_sequence: null, stop_details: null };
    say('message_start', { message: { ...message, ...open, usage: { ...counted, output_tokens: 1 } } });
    say('content_block_start', { index: 0, content_block: { type: 'text', text: '', citations: null } });
    say('ping');
    for (const [place, word] of words.entries()) {
      say('content_block_delta', { index: 0, delta: { type: 'text_delta', text: word } });
      if (place === 0) await gate;
    }
    if (over) return over();
    say('content_block_stop', { index: 0 });
    const reasons = { usual: 'end_turn', 'too-long': 'max_tokens', declined: 'refusal', none: null };
    const details = { type: 'refusal', category: null, explanation: why ?? null };
    const delta = { ...open, stop_reason: reasons[end], stop_details: end === 'declined' ? details : null };
    if (usage) say('message_delta', { delta, usage: { ...counted, output_tokens: 30 } });
    if (end !== 'none') say('message_stop');
    response.end();
  }

  protected modelOf(): object {
    return { id: this.model, type: 'model', display_name: 'Small', created_at: '2026-01-01T00:00:00Z' };
  }

  protected errorOf({ message, type }: ModelRefusal): object {
    return { type: 'error', error: { type, message, details: null }, request_id: 'req_1' };
  }
}
