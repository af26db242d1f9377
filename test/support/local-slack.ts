import { ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Json } from './slack-server/slack-model';

/** Who and what there is: the emulator's own configuration. */
const CONFIG = {
  workspace: { teamId: 'T01' },
  apps: [
    {
      appId: 'A01',
      botUserId: 'U0BOT',
      botToken: 'xoxb-test',
      appToken: 'xapp-test',
      signingSecret: 'signed',
      mode: 'socket',
    },
  ],
  users: [{ id: 'U1', name: 'mara' }],
  channels: [{ id: 'C1', name: 'general', members: ['U1', 'U0BOT'] }],
};

/** An emulator of Slack that others have written, as a process of its own. */
export class LocalSlack implements AsyncDisposable {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly base: string,
  ) {}

  static async start(): Promise<LocalSlack> {
    const folder = await mkdtemp(join(tmpdir(), 'hark-local-slack-'));
    const config = join(folder, 'config.json');
    await writeFile(config, JSON.stringify(CONFIG));
    const program = join(dirname(require.resolve('local-slack-linux-x64/package.json')), 'bin/local-slack');
    const child = spawn(program, ['--config', config, '--port', '0', '--base-host', '127.0.0.1']);
    const address = Promise.withResolvers<string>();
    createInterface(child.stdout).on('line', (line) => {
      const base = /Web API base:\s+(http:\/\/[^/]+)\//.exec(line)?.[1];
      if (base) address.resolve(base);
    });
    child.once('exit', (code) => address.reject(new Error(`The emulator ended with ${code}`)));
    return new LocalSlack(child, folder, await address.promise);
  }

  get variables(): Record<string, string> {
    return {
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_APP_TOKEN: 'xapp-test',
      SLACK_API_URL: `${this.base}/api/`,
      MEDIA_ALLOW_HOSTS: new URL(this.base).host,
    };
  }

  /** Has somebody do something: `message`, `command`, `interact`, `open-home` … */
  async does(what: string, body: Json): Promise<void> {
    await this.control(what, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  }

  async uploads(file: Buffer, name: string, text = ''): Promise<void> {
    const form = new FormData();
    form.set('channel', 'C1');
    form.set('user', 'U1');
    form.set('text', text);
    form.set('file', new Blob([Uint8Array.from(file)], { type: 'audio/ogg' }), name);
    await this.control('upload', { body: form });
  }

  /** Resolves with all messages of the channel once they are so. @throws Error after 20 seconds */
  async messages(channel: string, are: (messages: Json[]) => boolean): Promise<Json[]> {
    const deadline = AbortSignal.timeout(20_000);
    for (;;) {
      const response = await fetch(`${this.base}/_control/messages/${channel}`, { signal: deadline });
      const { messages } = (await response.json()) as { messages: Json[] };
      if (are(messages)) return messages;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }

  private async control(path: string, init: RequestInit): Promise<void> {
    const response = await fetch(`${this.base}/_control/${path}`, { ...init, method: 'POST' });
    const said = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${said}`);
  }
}
