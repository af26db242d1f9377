import { AbstractSqlConnection } from '@mikro-orm/sql';

/** Statements that this process has sent to its databases, but for the beginning and end of transactions. */
export class StatementCounter {
  /** How often each one was sent. */
  readonly statements = new Map<string, number>();
  /** From sending to answer, all together. */
  milliseconds = 0;
  private readonly restore: () => void;

  constructor() {
    const original = AbstractSqlConnection.prototype.execute;
    const count = (sql: string, ms: number): void => this.count(sql, ms);
    AbstractSqlConnection.prototype.execute = async function (this: AbstractSqlConnection, ...args) {
      const begun = performance.now();
      try {
        return await original.apply(this, args);
      } finally {
        const [query] = args;
        count(typeof query === 'string' ? query : sqlOf(query), performance.now() - begun);
      }
    } as typeof original;
    this.restore = () => (AbstractSqlConnection.prototype.execute = original);
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

function sqlOf(query: object): string {
  if ('sql' in query) return String(query.sql);
  return 'toRaw' in query ? (query as { toRaw(): { sql: string } }).toRaw().sql : '';
}
