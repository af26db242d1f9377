import { IncomingMessage, ServerResponse } from 'node:http';
import { nameOf, SlackFaults, strike } from './slack-faults';
import { faultOfBlocks, withBlockIds } from './slack-blocks';
import { SlackBoard } from './slack-board';
import { bodyOf, sendText } from './slack-http';
import { EphemeralMessage, Json, Message, Team } from './slack-model';
import { SlackRecorder } from './slack-recorder';
import { SlackWorld } from './slack-world';

const lifeMs = 30 * 60_000;
const mostUses = 5;

/** Where a response goes, and the message that `replace_original` and `delete_original` mean. */
export interface ResponseContext {
  team: Team;
  channel: string;
  user: string;
  threadTs?: string;
  original?: Message | EphemeralMessage;
}

interface ResponseUrl extends ResponseContext {
  created: number;
  uses: number;
}

/** Addresses that answer a command or an interaction: five uses within thirty minutes. */
export class SlackResponseUrls {
  private readonly urls = new Map<string, ResponseUrl>();

  constructor(
    private readonly world: SlackWorld,
    private readonly board: SlackBoard,
    private readonly faults: SlackFaults,
    private readonly recorder: SlackRecorder,
    private readonly host: () => string,
  ) {}

  /** @param kind the first part of the path, as of `https://hooks.slack.com/commands/…` */
  create(kind: 'commands' | 'actions' | 'app', context: ResponseContext): string {
    const path = `/${kind}/${context.team.id}/${Math.floor(Math.random() * 1e13)}/${this.world.ids.secret(24)}`;
    this.urls.set(path, { ...context, created: this.world.clock.now(), uses: 0 });
    return `http://${this.host()}${path}`;
  }

  /** Answers a request when it is for one of the addresses. Returns whether it was. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const path = request.url ?? '/';
    if (request.method !== 'POST' || !/^\/(commands|actions|app)\//.test(path)) return false;
    const text = (await bodyOf(request)).toString();
    const params = parsed(text);
    const call = this.recorder.called({
      method: 'response_url',
      params: params ?? { unreadable: text },
      token: request.headers.authorization,
      at: this.world.clock.now(),
    });
    const fault = this.faults.take('response_url', params ?? {});
    if (fault) call.fault = nameOf(fault);
    if (strike(fault, response)) return true;
    const [status, answer] = this.use(path, params);
    call.response = { ok: status === 200, ...(status === 200 ? {} : { error: answer }) };
    if (fault?.kind === 'hold') await fault.until;
    if (fault?.kind === 'drop') response.destroy();
    else sendText(response, status, answer);
    this.recorder.changed();
    return true;
  }

  /** Posts what an acknowledgement or a response carries, as its `response_type` says. */
  show(context: ResponseContext, body: Json, via: 'response_url' | 'ack'): void {
    const { channel, user, team, original } = context;
    const text = typeof body.text === 'string' ? body.text : '';
    const blocks = Array.isArray(body.blocks)
      ? withBlockIds(body.blocks as Json[], () => this.world.ids.secret(5))
      : undefined;
    if (body.delete_original === true) {
      if (original) this.erase(original);
    } else if (body.replace_original === true && original) {
      this.replace(original, team, text, blocks);
    } else if (body.response_type === 'in_channel') {
      const { userId, botId } = team.bot;
      const threadTs = typeof body.thread_ts === 'string' ? body.thread_ts : undefined;
      const given = { channel, user: userId, botId, text, blocks, threadTs, viaResponseUrl: true };
      context.original = this.board.post(given).message;
    } else {
      const threadTs = typeof body.thread_ts === 'string' ? body.thread_ts : context.threadTs;
      const ts = this.world.ids.ts();
      const shown = { channel, user, ts, text, blocks, threadTs, via, gone: false, revisions: [] };
      this.world.ephemerals.push(shown);
      context.original = shown;
    }
    this.recorder.changed();
  }

  private use(path: string, params: Json | undefined): [status: number, text: string] {
    const url = this.urls.get(path);
    if (!url) return [404, 'invalid_url'];
    if (this.world.clock.now() - url.created > lifeMs) return [404, 'expired_url'];
    if (url.uses >= mostUses) return [404, 'used_url'];
    if (!params) return [400, 'invalid_payload'];
    const changesOriginal = params.delete_original === true;
    if (!changesOriginal && !params.text && !params.blocks) return [400, 'no_text'];
    const fault = params.blocks === undefined ? undefined : faultOfBlocks(params.blocks, 50);
    if (fault) return [400, fault.error];
    url.uses += 1;
    this.show(url, params, 'response_url');
    return [200, 'ok'];
  }

  private replace(original: Message | EphemeralMessage, team: Team, text: string, blocks?: Json[]): void {
    if (!('via' in original)) {
      this.board.edit(original, team.bot.userId, text, blocks);
      return;
    }
    original.revisions.push({ text: original.text, blocks: original.blocks, at: this.world.clock.now() });
    original.text = text;
    original.blocks = blocks;
  }

  private erase(original: Message | EphemeralMessage): void {
    if ('via' in original) original.gone = true;
    else if (this.world.message(original.channel, original.ts)) this.board.remove(original);
  }
}

function parsed(text: string): Json | undefined {
  try {
    const body = JSON.parse(text) as unknown;
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Json) : undefined;
  } catch {
    return undefined;
  }
}
