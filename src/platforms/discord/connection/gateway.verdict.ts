import { DiscordjsError, DiscordjsErrorCodes, GatewayCloseCodes } from 'discord.js';

/** The gateway has closed a connection that discord.js does not open again. */
export class GatewayClosedError extends Error {
  constructor(readonly code: number) {
    super(`the gateway closed the connection: ${code} ${GatewayCloseCodes[code] ?? ''}`.trimEnd());
    this.name = 'GatewayClosedError';
  }
}

/** What is to be done after a connection has ended: without content, another time, or not at all. */
export type Verdict = 'without-content' | 'again' | { hopeless: string };

const HOPELESS: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: 'Discord does not accept the token.',
  [GatewayCloseCodes.InvalidShard]: 'Discord does not accept how hark divides its servers.',
  [GatewayCloseCodes.ShardingRequired]: 'hark is in too many servers for one connection.',
  [GatewayCloseCodes.InvalidAPIVersion]: "Discord no longer speaks hark's version of its API.",
  [GatewayCloseCodes.InvalidIntents]: 'Discord does not know what hark asks for.',
};

export function verdictOn(error: unknown): Verdict {
  if (error instanceof GatewayClosedError) {
    if (error.code === Number(GatewayCloseCodes.DisallowedIntents)) return 'without-content';
    const hopeless = HOPELESS[error.code];
    return hopeless === undefined ? 'again' : { hopeless };
  }
  const refused = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  return refused ? { hopeless: 'Discord does not accept the token.' } : 'again';
}
