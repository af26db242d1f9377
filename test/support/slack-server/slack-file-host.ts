import { IncomingMessage, ServerResponse } from 'node:http';
import { SlackFaults, nameOf, strike } from './slack-faults';
import { bodyOf, formOf, sendText } from './slack-http';
import { SlackFile } from './slack-model';
import { SlackAddresses } from './slack-payloads';
import { RecordedDownload, SlackRecorder } from './slack-recorder';
import { SlackUploads } from './slack-uploads';
import { SlackWorld } from './slack-world';

const loginPage = `<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>Slack</title></head>
<body><h1>Sign in to your workspace</h1><form action="/" method="post"></form></body></html>`;

/** The host behind `url_private` and upload addresses. */
export class SlackFileHost {
  /** How a download without the right is answered: a login page with status 200, or a 302 to one. */
  refusal: 'html' | 'redirect' = 'html';
  /** Every rightful download is redirected to a host that is not Slack's. */
  redirectElsewhere = false;

  constructor(
    private readonly world: SlackWorld,
    private readonly uploads: SlackUploads,
    private readonly faults: SlackFaults,
    private readonly recorder: SlackRecorder,
    private readonly addresses: SlackAddresses,
  ) {}

  /** Answers a request when it is for this host. Returns whether it was. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const upload = /^\/upload\/v1\/(\w+)$/.exec(pathname);
    if (upload?.[1] && request.method === 'POST') await this.receive(upload[1], request, response);
    else if (/^\/files-pri\//.test(pathname)) await this.download(pathname, request, response);
    else if (searchParams.has('redir')) this.sendLoginPage(response);
    else return false;
    return true;
  }

  /** Answers on the other host: whoever asks gets the bytes, and the record shows whether a token came along. */
  answerElsewhere(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const file = this.fileOf(path);
    this.record(path, request, this.addresses.elsewhere, file, file ? 'bytes' : 'not_found');
    if (file) this.sendBytes(response, file);
    else sendText(response, 404, 'Not Found');
    return Promise.resolve();
  }

  private async download(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = this.fileOf(path);
    const fault = this.faults.take('download', { path, file: file?.id });
    const note = (outcome: RecordedDownload['outcome']) =>
      this.record(path, request, this.addresses.files, file, outcome);
    if (fault?.kind === 'error') {
      note('login_page');
      this.sendLoginPage(response);
    } else if (strike(fault, response)) {
      note('dropped');
    } else if (!file || !this.mayRead(request, file)) {
      note(this.refusal === 'html' ? 'login_page' : 'redirect_login');
      if (this.refusal === 'html') this.sendLoginPage(response);
      else this.redirect(response, `http://${this.addresses.files}/?redir=${encodeURIComponent(path)}`);
    } else if (this.redirectElsewhere) {
      note('redirect_elsewhere');
      this.redirect(response, `http://${this.addresses.elsewhere}${path}`);
    } else if (fault) {
      note(fault.kind === 'drop' ? 'dropped' : 'bytes');
      await this.sendHalves(response, file, fault.kind === 'hold' ? fault.until : undefined);
    } else {
      note('bytes');
      this.sendBytes(response, file);
    }
  }

  /** `url_private` wants the bot's token, `files:read`, and a file that the bot can see. */
  private mayRead(request: IncomingMessage, file: SlackFile): boolean {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const team = token ? this.world.teamByToken(token) : undefined;
    if (!team?.bot.scopes.has('files:read')) return false;
    const sees = ({ channel }: { channel: string }) =>
      this.world.channel(channel).members.has(team.bot.userId);
    return file.user === team.bot.userId || file.shares.some(sees);
  }

  private fileOf(path: string): SlackFile | undefined {
    const id = /^\/files-pri\/\w+-(\w+)\//.exec(path)?.[1];
    const file = id ? this.world.files.get(id) : undefined;
    return file?.deleted ? undefined : file;
  }

  private async receive(secret: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const contentType = request.headers['content-type'] ?? '';
    const parts = contentType.startsWith('multipart/') ? await formOf(body, contentType) : undefined;
    const content = parts ? [...parts.values()].find((part) => Buffer.isBuffer(part)) : body;
    const params = { bytes: content?.length ?? 0 };
    const token = request.headers.authorization;
    const call = this.recorder.called({ method: 'upload', params, token, at: this.world.clock.now() });
    const fault = this.faults.take('upload', params);
    if (fault) call.fault = nameOf(fault);
    if (strike(fault, response)) return;
    const answer = this.uploads.receive(secret, content ?? Buffer.alloc(0));
    if (fault?.kind === 'drop') {
      response.destroy();
      return;
    }
    if (fault?.kind === 'hold') await fault.until;
    call.response = { ok: answer?.status === 200 };
    sendText(response, answer?.status ?? 404, answer?.text ?? 'Not Found');
    this.recorder.changed();
  }

  private record(
    path: string,
    request: IncomingMessage,
    host: string,
    file: SlackFile | undefined,
    outcome: RecordedDownload['outcome'],
  ): void {
    const { authorization } = request.headers;
    this.recorder.downloaded({
      host,
      path,
      fileId: file?.id,
      authorization,
      at: this.world.clock.now(),
      outcome,
    });
  }

  private sendBytes(response: ServerResponse, file: SlackFile): void {
    response.writeHead(200, headersOf(file));
    response.end(file.content);
  }

  /** Sends the first half, then, after `until`, the rest; without it the connection is cut in the middle. */
  private async sendHalves(
    response: ServerResponse,
    file: SlackFile,
    until?: Promise<unknown>,
  ): Promise<void> {
    const middle = Math.floor(file.content.length / 2);
    response.writeHead(200, headersOf(file));
    await new Promise<void>((resolve) => response.write(file.content.subarray(0, middle), () => resolve()));
    if (until) {
      await until;
      response.end(file.content.subarray(middle));
    } else {
      response.destroy();
    }
  }

  private sendLoginPage(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(loginPage);
  }

  private redirect(response: ServerResponse, location: string): void {
    response.writeHead(302, { location, 'content-type': 'text/html' });
    response.end();
  }
}

/** Slack sends a file whose type it does not know as `application/octet-stream`. */
function headersOf(file: SlackFile): Record<string, string | number> {
  return {
    'content-type': file.mimetype || 'application/octet-stream',
    'content-length': file.content.length,
    'content-disposition': `attachment; filename="${encodeURIComponent(file.name)}"`,
  };
}
