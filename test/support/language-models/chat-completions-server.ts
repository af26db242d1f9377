import { IncomingMessage, ServerResponse } from 'node:http';
import { LanguageModelServer, ServerOptions, Telling } from './language-model-server';
import { ModelRefusal, Question, checkFields, questionOf } from './scenes';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;

/** What a service knows of OpenAI's requests. */
export interface Knowledge {
  /** `max_completion_tokens`, as OpenAI's newer models have it; else `max_tokens` only. */
  completionTokens: boolean;
  streamOptions: boolean;
}

/** OpenAI's `/v1/chat/completions`, streaming. */
export class ChatCompletionsServer extends LanguageModelServer {
  protected readonly path = '/v1/chat/completions';

  constructor(
    options: Partial<ServerOptions> = {},
    private readonly knows: Knowledge = { completionTokens: true, streamOptions: true },
  ) {
    super(options);
  }

  get url(): string {
    return `http://${this.host}/v1`;
  }

  protected checkHeaders({ headers, method }: IncomingMessage): void {
    if (headers.authorization !== `Bearer ${this.key}`)
      throw new ModelRefusal(401, 'invalid_request_error', `Incorrect API key: ${headers.authorization}`);
    if (method === 'POST' && !headers['content-type']?.startsWith('application/json'))
      throw new ModelRefusal(400, 'invalid_request_error', 'application/json is needed');
  }

  protected understand(body: unknown): Question {
    const { completionTokens, streamOptions } = this.knows;
    const unknown = [
      ...(completionTokens ? ['max_tokens'] : ['max_completion_tokens']),
      ...(streamOptions ? [] : ['stream_options']),
    ].find((name) => isObject(body) && name in body);
    if (unknown) throw new ModelRefusal(400, 'invalid_request_error', `Unsupported parameter: '${unknown}'`);
    checkFields(body, {
      model: (value) => value === this.model,
      messages: (value) => Array.isArray(value) && value.length === 2,
      stream: (value) => value === true,
      stream_options: (value) => JSON.stringify(value) === '{"include_usage":true}',
      max_completion_tokens: isCount,
      max_tokens: isCount,
    });
    const { messages } = body as { messages: Record<string, unknown>[] };
    const [system, user] = messages;
    for (const message of messages) checkFields(message, { role: () => true, content: () => true });
    if (system?.role !== 'system' || user?.role !== 'user')
      throw new ModelRefusal(400, 'invalid_request_error', 'a system message and a user message are needed');
    return questionOf(system.content, user.content, body as Record<string, unknown>);
  }

  protected async tell(
    response: ServerResponse,
    words: readonly string[],
    { end, usage, gate, why, over }: Telling,
  ): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    const common = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: this.model };
    const say = (delta: object, finish_reason: string | null = null): void => {
      const choices = [{ index: 0, delta, logprobs: null, finish_reason }];
      response.write(`data: ${JSON.stringify({ ...common, choices, usage: null })}\n\n`);
    };
    say({ role: 'assistant', content: '', refusal: null });
    if (why !== undefined) say({ refusal: why });
    for (const [place, word] of words.entries()) {
      say({ content: word });
      if (place === 0) await gate;
    }
    if (over) return over();
    if (end !== 'none') say({}, { usual: 'stop', 'too-long': 'length', declined: 'content_filter' }[end]);
    if (usage && this.knows.streamOptions) {
      const counted = { prompt_tokens: 120, completion_tokens: 30, total_tokens: 150 };
      response.write(`data: ${JSON.stringify({ ...common, choices: [], usage: counted })}\n\n`);
    }
    response.end('data: [DONE]\n\n');
  }

  protected modelOf(): object {
    return { id: this.model, object: 'model', created: 0, owned_by: 'tests' };
  }

  protected errorOf({ message, type }: ModelRefusal): object {
    return { error: { message, type, param: null, code: null } };
  }
}
