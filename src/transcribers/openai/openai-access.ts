import { Injectable } from '@nestjs/common';
import { Settings } from '../../settings/settings';

/** Where the service is, which of its models is asked, and how hark makes itself known there. */
@Injectable()
export class OpenAiAccess {
  /** Without user, password and trailing slash. */
  readonly url: string;
  readonly host: string;
  readonly model: string;
  /** Undefined where the service wants none. */
  readonly authorization?: string;
  private readonly secrets: readonly string[];

  constructor({ openai }: Settings) {
    // Where the settings name no service nobody asks for one.
    const { baseUrl, apiKey, model } = openai ?? { baseUrl: 'http://localhost', model: '' };
    const url = new URL(baseUrl);
    const basic = `${decoded(url.username)}:${decoded(url.password)}`;
    const login = basic === ':' ? undefined : `Basic ${Buffer.from(basic).toString('base64')}`;
    this.authorization = apiKey === undefined ? login : `Bearer ${apiKey}`;
    this.secrets = [apiKey, url.password, decoded(url.password)].filter(
      (secret) => secret !== undefined && secret !== '',
    ) as string[];
    [url.username, url.password] = ['', ''];
    this.url = url.href.replace(/\/+$/, '');
    this.host = url.host;
    this.model = model;
  }

  /** What a service says, for the log: some repeat the key they refuse. */
  withoutSecrets(text: string): string {
    return this.secrets.reduce((shown, secret) => shown.replaceAll(secret, '[key]'), text);
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
