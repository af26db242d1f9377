import { EXAMPLE_NAMES } from '../../../test/attacks/names';
import { Settings } from '../../settings/settings';
import { AddressGuard } from './address-guard';
import { LinkLimits } from './link-limits';

function guard(allowHosts: readonly string[] = []): AddressGuard {
  const settings = { media: { allowHosts } } as unknown as Settings;
  return new AddressGuard(settings, EXAMPLE_NAMES, new LinkLimits());
}

/* The forms of links are in test/attacks. */

describe('AddressGuard', () => {
  it('may be asked again about a name that cannot be resolved', async () => {
    await expect(guard().admit('http://unknown.example/')).rejects.toMatchObject({
      code: 'link_unreachable',
      retryable: true,
    });
  });

  it('exempts a host and port that the admin named, and no other port of it', async () => {
    const exempting = guard(['127.0.0.1:9000', 'inside.example:80', '[::1]:9000']);
    await expect(exempting.admit('http://127.0.0.1:9000/x')).resolves.toMatchObject({
      addresses: ['127.0.0.1'],
    });
    await expect(exempting.admit('http://inside.example/x')).resolves.toMatchObject({
      addresses: ['10.0.0.7'],
    });
    await expect(exempting.admit('http://[::1]:9000/x')).resolves.toMatchObject({ addresses: ['::1'] });
    await expect(exempting.admit('http://127.0.0.1:9001/x')).rejects.toMatchObject({ code: 'link_refused' });
    await expect(exempting.admit('https://inside.example/x')).rejects.toMatchObject({ code: 'link_refused' });
  });

  it('refuses where a valid link leads on to something that is no web address', async () => {
    const base = new URL('https://good.example/');
    for (const location of ['file:///etc/passwd', 'gopher://good.example/', '//user:x@good.example/']) {
      await expect(guard().admit(location, base)).rejects.toMatchObject({ code: 'link_refused' });
    }
  });
});
