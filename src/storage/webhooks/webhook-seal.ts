import { Settings } from '../../settings/settings';
import { SecretBox } from './secret-box';
import { keptSecretsKey } from './secrets-key';

/** Where messages go, and what they are signed with. */
export interface WebhookTarget {
  url: string;
  secret: Uint8Array;
}

/** Seals and opens what nobody may read in the database. The key is looked for when it is first needed. */
export class WebhookSeal {
  private box?: Promise<SecretBox>;

  constructor(private readonly settings: Pick<Settings, 'dataDir' | 'secretsKey'>) {}

  async close({ url, secret }: WebhookTarget, id: string): Promise<string> {
    const text = JSON.stringify({ url, secret: Buffer.from(secret).toString('base64') });
    return (await this.opened()).seal(text, id);
  }

  /** Undefined when the key is another one by now. */
  async open(sealed: string, id: string): Promise<WebhookTarget | undefined> {
    const text = (await this.opened()).open(sealed, id);
    if (text === undefined) return undefined;
    const { url, secret } = JSON.parse(text) as { url: string; secret: string };
    return { url, secret: new Uint8Array(Buffer.from(secret, 'base64')) };
  }

  private opened(): Promise<SecretBox> {
    const { dataDir, secretsKey } = this.settings;
    const box = (this.box ??= (async () =>
      new SecretBox(secretsKey ?? (await keptSecretsKey(dataDir)), 'webhooks'))());
    box.catch(() => (this.box = undefined));
    return box;
  }
}
