import { IncomingMessage, ServerResponse } from 'node:http';
import { appMethods } from './methods/app.methods';
import { chatMethods } from './methods/chat.methods';
import { conversationMethods } from './methods/conversation.methods';
import { fileMethods } from './methods/file.methods';
import { historyMethods } from './methods/history.methods';
import { userMethods } from './methods/user.methods';
import { viewMethods } from './methods/view.methods';
import { ApiCall, ApiContext, ApiMethod, ApiMethods } from './slack-api-method';
import { nameOf, SlackFaults, strike } from './slack-faults';
import { bodyOf, sendJson } from './slack-http';
import { Json, Team } from './slack-model';
import { paramsOf, SlackApiError, SlackParams } from './slack-params';
import { SlackPostRate } from './slack-post-rate';
import { RecordedCall, SlackRecorder } from './slack-recorder';

const methods: ApiMethods = {
  ...appMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...historyMethods,
  ...userMethods,
  ...viewMethods,
};

/** Answers `/api/<method>`: token, scope, rate, faults, then the method itself. */
export class SlackWebApi {
  constructor(
    private readonly context: ApiContext,
    private readonly appToken: { value: string; scopes: Set<string> },
    private readonly faults: SlackFaults,
    private readonly postRate: SlackPostRate,
    private readonly recorder: SlackRecorder,
  ) {}

  async answer(method: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const params = await paramsOf(request, body).catch(() => undefined);
    if (!params) {
      sendJson(response, { ok: false, error: 'invalid_json' });
      return;
    }
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    // Slack takes a bot token in the body, too; the recorder keeps it apart from the other arguments.
    const { token: inBody, ...rest } = params.all;
    const token = bearer ?? (typeof inBody === 'string' ? inBody : undefined);
    const at = this.context.world.clock.now();
    const call = this.recorder.called({ method, params: rest, token, at });
    const fault = this.faults.take(method, rest);
    if (fault) call.fault = nameOf(fault);
    if (strike(fault, response)) {
      this.recorder.changed();
      return;
    }
    const { result, headers, retryAfter } = this.run(method, params, token);
    if (fault?.kind === 'drop') {
      response.destroy();
      this.recorder.changed();
      return;
    }
    if (fault?.kind === 'hold') await fault.until;
    this.reply(call, response, result, headers, retryAfter);
  }

  private reply(
    call: RecordedCall,
    response: ServerResponse,
    result: Json,
    headers: Record<string, string>,
    retryAfter?: number,
  ): void {
    call.response = result;
    if (retryAfter === undefined) {
      sendJson(response, result, headers);
    } else {
      call.fault = 'post rate';
      strike({ method: call.method, kind: 'ratelimited', retryAfter }, response);
    }
    this.recorder.changed();
  }

  private run(
    name: string,
    params: SlackParams,
    token: string | undefined,
  ): { result: Json; headers: Record<string, string>; retryAfter?: number } {
    const headers: Record<string, string> = { 'x-slack-req-id': this.context.world.ids.secret(32) };
    try {
      const method = methods[name];
      if (!method) throw new SlackApiError('unknown_method', { req_method: name });
      if (!token) throw new SlackApiError('not_authed');
      const { team, scopes } = this.granted(token, method);
      const call: ApiCall = { ...this.context, team, params };
      headers['x-oauth-scopes'] = [...scopes].join(',');
      const needed = method.scopes?.(call) ?? [];
      if (needed.length > 0) headers['x-accepted-oauth-scopes'] = needed.join(',');
      const missing = needed.filter((scope) => !scopes.has(scope));
      if (missing.length > 0)
        throw new SlackApiError('missing_scope', {
          needed: missing.join(','),
          provided: [...scopes].join(','),
        });
      const retryAfter = this.postRate.refuse(name, params.text('channel'));
      if (retryAfter !== undefined)
        return { result: { ok: false, error: 'ratelimited' }, headers, retryAfter };
      return { result: { ok: true, ...method.run(call) }, headers };
    } catch (error) {
      if (!(error instanceof SlackApiError)) throw error;
      return { result: { ok: false, error: error.code, ...error.more }, headers };
    }
  }

  private granted(token: string, method: ApiMethod): { team: Team; scopes: Set<string> } {
    const wantsApp = method.token === 'app';
    if (token === this.appToken.value) {
      if (!wantsApp) throw new SlackApiError('not_allowed_token_type');
      return { team: this.context.world.team(), scopes: this.appToken.scopes };
    }
    const team = this.context.world.teamByToken(token);
    if (!team) throw new SlackApiError('invalid_auth');
    if (wantsApp) throw new SlackApiError('not_allowed_token_type');
    return { team, scopes: team.bot.scopes };
  }
}
