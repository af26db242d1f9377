import { Connection } from '@mikro-orm/sql';

/** What every statement goes through, whichever database it is for. */
interface Executing {
  executeQuery(sql: string, ...rest: unknown[]): Promise<unknown>;
}

/** Statements that this process has sent to its databases, but for the beginning and end of transactions. */
export class StatementCounter {
  /** How often each one was sent. */
  readonly statements = new Map<string, number>();
  /** From sending to answer, all together. */
  milliseconds = 0;
  private readonly restore: () => void;

  constructor() {
    const { prototype } = Connection as unknown as { prototype: Executing };
    const original = prototype.executeQuery;
    const count = (sql: string, ms: number): void => this.count(sql, ms);
    prototype.executeQuery = async function (this: Connection, ...args) {
      const begun = performance.now();
      try {
        return await original.apply(this, args);
      } finally {
        count(args[0], performance.now() - begun);
      }
    };
    this.restore = () => (prototype.executeQuery = original);
  }

  get total(): number {
    return [...this.statements.values()].reduce((sum, one) => sum + one, 0);
  }

  stop(): void {
    this.restore();
  }

  private count(sql: string, ms: number): void {
    this.statements.set(sql, (this.statements.get(sql) ?? 0) + 1);
    this.milliseconds += ms;
  }
}
