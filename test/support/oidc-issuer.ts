import { once } from 'node:events';
import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, JWK, SignJWT } from 'jose';
import Provider, { AccessToken } from 'oidc-provider';

const SECRET = 'the-secret-of-this-client';

export interface IssuedKey {
  jwk: JWK;
  kid: string;
  alg: string;
}

/**
 * A real OpenID issuer on this machine. Its clients are programs that sign in with a secret of their own; what their
 * tokens claim besides is up to the test.
 */
export class OidcIssuer implements AsyncDisposable {
  /** Answers of the issuer by path, to count what it was asked. */
  readonly asked: string[] = [];
  private answers: RequestListener | undefined;
  private keys: IssuedKey[] = [];

  private constructor(
    private readonly server: Server,
    /** Claims of each client's tokens, besides those that every token has. */
    private readonly claims: Record<string, Record<string, unknown>>,
    readonly audience: string,
  ) {}

  static async start(
    claims: Record<string, Record<string, unknown>>,
    audience = 'hark',
  ): Promise<OidcIssuer> {
    const server = createServer((request, response) => {
      issuer.asked.push(request.url ?? '');
      if (issuer.answers) issuer.answers(request, response);
      else response.writeHead(502).end();
    });
    const issuer = new OidcIssuer(server, claims, audience);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    await issuer.rotate();
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The key that it signs with now. */
  get key(): IssuedKey {
    return this.keys.at(-1)!;
  }

  /** Signs with a new key from now on, and forgets the earlier ones. */
  async rotate(alg = 'RS256'): Promise<void> {
    const kid = `key-${this.keys.length + 1}`;
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    this.keys.push({ jwk: { ...(await exportJWK(privateKey)), kid, alg, use: 'sig' }, kid, alg });
    this.resume();
  }

  /** Answers as a server does that is out of order. */
  fail(): void {
    this.answers = undefined;
  }

  resume(): void {
    const { audience, key } = this;
    const provider = new Provider(this.url, {
      clients: Object.keys(this.claims).map((id) => ({
        client_id: id,
        client_secret: SECRET,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      })),
      jwks: { keys: [key.jwk] },
      clientDefaults: { id_token_signed_response_alg: key.alg },
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => `urn:${audience}`,
          getResourceServerInfo: (_context: unknown, resource: string) => ({
            scope: '',
            audience: resource.replace('urn:', ''),
            accessTokenFormat: 'jwt',
            accessTokenTTL: 3600,
            jwt: { sign: { alg: key.alg } },
          }),
        },
      },
      extraTokenClaims: (_context: unknown, { clientId }: AccessToken) => this.claims[clientId],
    });
    this.answers = provider.callback();
  }

  /** A token as the client gets it over HTTP. @param audience for which service; this one's when not given */
  async token(client: string, audience = this.audience): Promise<string> {
    const response = await fetch(`${this.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client}:${SECRET}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: `urn:${audience}` }),
    });
    const { access_token: token } = (await response.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`The issuer gave no token: ${response.status}`);
    return token;
  }

  /** A token with any claims and header, signed with its own key: what other issuers' tokens look like. */
  async sign(claims: Record<string, unknown>, header: Record<string, unknown> = {}): Promise<string> {
    const { jwk, kid, alg } = this.key;
    const now = Math.floor(Date.now() / 1000);
    const all = { iss: this.url, aud: this.audience, sub: 'someone', iat: now, exp: now + 3600, ...claims };
    return new SignJWT(all)
      .setProtectedHeader({ alg, kid, typ: 'at+jwt', ...header })
      .sign(await importJWK(jwk, alg));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
