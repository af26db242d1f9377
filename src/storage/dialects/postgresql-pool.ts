/** How long to wait for the server, in milliseconds. */
export interface Patience {
  /** For a new connection, and for one of the pool to become free. */
  connecting: number;
  /** For one statement. */
  statement: number;
  /** So much longer for the server to say by itself that a statement takes too long, unless it is gone. */
  grace: number;
  /** For what another transaction holds. */
  lock: number;
  /** Of the server with a transaction that does nothing: its process hangs, and others wait for what it holds. */
  idle: number;
}

export const PATIENCE: Patience = {
  connecting: 5_000,
  statement: 30_000,
  grace: 5_000,
  lock: 10_000,
  idle: 60_000,
};
/** A new index of a large table takes its time, and other processes wait for it. */
export const PATIENCE_WHEN_MIGRATING: Patience = {
  ...PATIENCE,
  statement: 3_600_000,
  lock: 3_600_000,
  idle: 3_600_000,
};

/** What is used here of node-postgres. */
interface Client {
  query(...args: unknown[]): unknown;
  end(): Promise<void>;
  /** Back to the pool; with an error it is thrown away. */
  release(error?: unknown): void;
}

interface Pool {
  on(event: 'connect', listener: (client: Client) => void): void;
}

/** Options of node-postgres, in whose names they are. */
export function poolOptions(url: string, size: number, patience: Patience): object {
  return {
    connectionString: url,
    max: size,
    application_name: 'hark',
    connectionTimeoutMillis: patience.connecting,
    statement_timeout: patience.statement,
    lock_timeout: patience.lock,
    idle_in_transaction_session_timeout: patience.idle,
    query_timeout: patience.statement + patience.grace,
    keepAlive: true,
    onPoolCreated: (pool: Pool) => pool.on('connect', giveBackWhenBroken),
  };
}

/**
 * The driver never gives a connection back on which a transaction could neither be begun nor rolled back, and it gives
 * one back that still waits for an answer. Either would sooner or later leave nobody a connection that works.
 */
function giveBackWhenBroken(client: Client): void {
  const query = client.query.bind(client);
  client.query = async (...args: unknown[]) => {
    try {
      return await query(...args);
    } catch (error) {
      // Whoever uses it next would wait for the same answer.
      if (error instanceof Error && error.message === 'Query read timeout') void client.end();
      if (args[0] === 'begin' || args[0] === 'rollback') client.release(error);
      throw error;
    }
  };
}
