const HERE = new Set(['localhost', '127.0.0.1', '[::1]']);
const SHOWN_CHARACTERS = 500;

/** Where a service is, which of its models is asked, how hark makes itself known there, and what must never be shown. */
export class ServiceAccess {
  /** Without user, password and trailing slash. */
  readonly url: string;
  readonly address: string;
  /** Undefined: this machine. */
  readonly host?: string;
  /** The header: the key, or else user and password that stood in the address; undefined where there is neither. */
  readonly authorization?: string;
  private readonly secrets: readonly string[];

  constructor(
    baseUrl: string,
    readonly key: string | undefined,
    readonly model: string,
  ) {
    const url = new URL(baseUrl);
    const login = `${decoded(url.username)}:${decoded(url.password)}`;
    const basic = login === ':' ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
    this.authorization = key === undefined ? basic : `Bearer ${key}`;
    this.secrets = [key, url.password, decoded(url.password)].filter((secret) => !!secret) as string[];
    [url.username, url.password] = ['', ''];
    this.url = url.href.replace(/\/+$/, '');
    this.address = url.host;
    this.host = HERE.has(url.hostname) ? undefined : url.host;
  }

  get madeBy(): string {
    return `${this.model} (${this.address})`;
  }

  /** For the log. The clients' own errors hold headers, and some services repeat the key that they refuse. */
  shown(what: string): Error {
    const harmless = this.secrets.reduce((text, secret) => text.replaceAll(secret, '[key]'), what);
    return new Error(`${this.address}: ${harmless.trim().slice(0, SHOWN_CHARACTERS)}`);
  }
}

/** As it was before it became part of an address; a stray percent sign stays. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
