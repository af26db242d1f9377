import { OidcLimits } from './oidc-limits';

/** The issuer did not answer, or not as an issuer does. */
export class IssuerTrouble extends Error {
  override readonly name = 'IssuerTrouble';
}

/**
 * Asks an issuer, within bounds: no redirects, for they could lead anywhere, a small answer, and a pause after a
 * failure, so that an issuer that is down does not hold up every caller for the whole time-out.
 */
export class IssuerFetch {
  private failedAt = -Infinity;

  constructor(private readonly limits: OidcLimits) {}

  /** A JSON document. @throws IssuerTrouble */
  async json(url: string): Promise<unknown> {
    if (performance.now() - this.failedAt < this.limits.pauseMs) {
      throw new IssuerTrouble('The issuer did not answer a moment ago');
    }
    try {
      const response = await fetch(url, {
        redirect: 'error',
        headers: { accept: 'application/json', 'user-agent': 'hark' },
        signal: AbortSignal.timeout(this.limits.answerMs),
      });
      const text = await boundedText(response, this.limits.answerBytes);
      if (response.status !== 200) throw new IssuerTrouble(`The issuer answered ${response.status}`);
      return JSON.parse(text);
    } catch (cause) {
      this.failedAt = performance.now();
      throw cause instanceof IssuerTrouble
        ? cause
        : new IssuerTrouble(`The issuer cannot be asked: ${url}`, { cause });
    }
  }
}

async function boundedText({ body }: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new IssuerTrouble(`The issuer's answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
