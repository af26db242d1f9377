import { spawn } from 'node:child_process';
import { Agent, FormData, request } from 'undici';
import { childEnvironment } from '../../../src/settings/child-environment';
import { EngineAnswer, engineAnswer } from '../../../src/transcribers/whisper-cpp/engine/engine-answer';
import { wavOf } from '../../../src/transcribers/wav';
import { cpuMs } from '../../support/cpu-clock';
import { untilLoaded } from '../../support/engine-child';
import { freePort } from '../../support/free-port';
import { killed } from '../../support/processes';
import { serverBinary } from '../../support/whisper';

const LOOK_EVERY_MS = 50;

/** How an engine is started. */
export interface EngineSetting {
  model: string;
  threads: number;
  flashAttention: boolean;
  waitPolicy: 'active' | 'passive';
}

/** One answer, and what it cost. */
export interface Costing {
  answer: EngineAnswer;
  milliseconds: number;
  cpuMs: number;
}

/** An engine that is started and asked in other ways than hark's own. */
export class TrialEngine implements AsyncDisposable {
  private readonly agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, pipelining: 0 });

  private constructor(
    private readonly child: ReturnType<typeof spawn>,
    private readonly url: string,
  ) {}

  static async start({ model, threads, flashAttention, waitPolicy }: EngineSetting): Promise<TrialEngine> {
    const port = await freePort();
    const args = ['-m', model, '-t', String(threads), '--port', String(port)];
    const env = { ...childEnvironment(), OMP_WAIT_POLICY: waitPolicy };
    const child = spawn(serverBinary(), flashAttention ? args : [...args, '--no-flash-attn'], {
      ...{ cwd: '/', env, stdio: 'ignore' },
    });
    const url = `http://127.0.0.1:${port}`;
    await untilLoaded(child, url, LOOK_EVERY_MS);
    return new TrialEngine(child, url);
  }

  async ask(samples: Int16Array, fields: Readonly<Record<string, string>>): Promise<Costing> {
    const body = new FormData();
    body.set('file', new Blob([wavOf(samples)], { type: 'audio/wav' }), 'note.wav');
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const [begun, before] = [performance.now(), this.cpuMs];
    const response = await request(`${this.url}/inference`, { method: 'POST', body, dispatcher: this.agent });
    const text = await response.body.text();
    if (response.statusCode !== 200) throw new Error(text);
    const milliseconds = performance.now() - begun;
    return { answer: engineAnswer.parse(JSON.parse(text)), milliseconds, cpuMs: this.cpuMs - before };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await killed(this.child);
    await this.agent.destroy();
  }

  private get cpuMs(): number {
    return cpuMs(this.child.pid ?? 0);
  }
}
