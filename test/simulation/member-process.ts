import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What a process of the simulation hosts. */
export interface MemberProcessOptions {
  /** Members in this process; each has connections of its own, as a process of hark has. */
  members: number;
  variables: Record<string, string>;
  hearingMs: number;
  chatMs: number;
  seed: number;
}

/** Sums since the process began. */
export interface Tally {
  statements: number;
  statementMs: number;
  chatRequests: number;
  submitted: number;
}

/** Notes that come in one by one, at random moments. */
export interface Arrivals {
  perSecond: number;
  seconds: number;
  kind: 'api' | 'chat';
}

export type ToMember = { do: 'tally' } | { do: 'submit'; arrivals: Arrivals };

/** Each is the answer to a question of its own. */
export interface FromMember {
  ready?: true;
  tally?: Tally;
  submitted?: number;
}

/** Members of hark in a process of their own. */
export class MemberProcess {
  private constructor(private readonly child: ChildProcess) {}

  /** Resolves when all its members work. */
  static async start(options: MemberProcessOptions): Promise<MemberProcess> {
    const child = fork(join(__dirname, 'member.child.ts'), [JSON.stringify(options)], {
      execArgv: ['--require', join(__dirname, '../support/typescript-hook.cjs')],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const process = new MemberProcess(child);
    await process.answer('ready');
    return process;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  tally(): Promise<Tally> {
    return this.ask({ do: 'tally' }, 'tally');
  }

  /** Resolves when the last one has come in. */
  async submit(arrivals: Arrivals): Promise<void> {
    await this.ask({ do: 'submit', arrivals }, 'submitted');
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  private ask<K extends keyof FromMember>(question: ToMember, key: K): Promise<NonNullable<FromMember[K]>> {
    const answer = this.answer(key);
    this.child.send(question);
    return answer;
  }

  private answer<K extends keyof FromMember>(key: K): Promise<NonNullable<FromMember[K]>> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void =>
        reject(new Error(`A process of the simulation ended with ${code}.`));
      const hear = (message: FromMember): void => {
        const answer = message[key];
        if (answer === undefined || answer === null) return;
        this.child.off('message', hear).off('exit', ended);
        resolve(answer);
      };
      this.child.on('message', hear).on('exit', ended);
    });
  }
}
