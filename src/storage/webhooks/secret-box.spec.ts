import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretBox } from './secret-box';
import { keptSecretsKey } from './secrets-key';
import { WebhookSeal } from './webhook-seal';

const target = { url: 'https://example.org/?token=marked-token', secret: new Uint8Array([1, 2, 3]) };

describe('sealed secrets', () => {
  const box = new SecretBox('the key of this test', 'webhooks');

  it('open again, for their own row, with the same key', () => {
    const sealed = box.seal('marked ✓', 'row-1');
    expect(sealed).not.toContain('marked');
    expect(box.seal('marked ✓', 'row-1')).not.toBe(sealed);
    expect(new SecretBox('the key of this test', 'webhooks').open(sealed, 'row-1')).toBe('marked ✓');
  });

  it('do not open with another key, for another row or purpose, or when they were changed', () => {
    const sealed = box.seal('marked', 'row-1');
    expect(box.open(sealed, 'row-2')).toBeUndefined();
    expect(new SecretBox('another key', 'webhooks').open(sealed, 'row-1')).toBeUndefined();
    expect(new SecretBox('the key of this test', 'else').open(sealed, 'row-1')).toBeUndefined();
    for (let index = 3; index < sealed.length; index++) {
      const changed = `${sealed.slice(0, index)}${sealed[index] === 'A' ? 'B' : 'A'}${sealed.slice(index + 1)}`;
      const bytes = (text: string) => Buffer.from(text.slice(3), 'base64url').toString('hex');
      if (bytes(changed) !== bytes(sealed)) expect(box.open(changed, 'row-1')).toBeUndefined();
    }
    for (const rubbish of ['', 'v1:', 'v1:AAAA', 'v2:AAAA', sealed.slice(0, 20)])
      expect(box.open(rubbish, 'row-1')).toBeUndefined();
  });

  describe('whose key nobody has chosen', () => {
    let dataDir: string;
    beforeEach(async () => void (dataDir = join(await mkdtemp(join(tmpdir(), 'hark-key-')), 'data')));
    afterEach(() => rm(join(dataDir, '..'), { recursive: true }));

    it('have one that is made once, whoever asks at the same moment, and is for hark alone', async () => {
      const keys = await Promise.all(Array.from({ length: 20 }, () => keptSecretsKey(dataDir)));
      expect(new Set(keys).size).toBe(1);
      expect(keys[0]).toMatch(/^[\w-]{43}$/);
      expect(await readdir(dataDir)).toEqual(['secrets.key']);
      expect((await stat(join(dataDir, 'secrets.key'))).mode & 0o777).toBe(0o600);
      expect(await readFile(join(dataDir, 'secrets.key'), 'utf8')).toBe(keys[0]);
    });

    it('open after a restart, and not once the key is another', async () => {
      const sealed = await new WebhookSeal({ dataDir }).close(target, 'row');
      expect(await new WebhookSeal({ dataDir }).open(sealed, 'row')).toEqual(target);
      const chosen = new WebhookSeal({ dataDir, secretsKey: 'chosen by an admin' });
      expect(await chosen.open(sealed, 'row')).toBeUndefined();
    });
  });
});
