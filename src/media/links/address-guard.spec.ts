import { Settings } from '../../settings/settings';
import { AddressGuard } from './address-guard';
import { HostResolver } from './host-resolver';
import { LinkLimits } from './link-limits';
import { isPublicAddress } from './public-address';

/** Names as an attacker's name server would answer them. */
class Names extends HostResolver {
  constructor(private readonly answers: Record<string, string[]>) {
    super();
  }

  override addressesOf(host: string): Promise<string[]> {
    const found = this.answers[host];
    return found ? Promise.resolve(found) : Promise.reject(new Error(`${host} is unknown`));
  }
}

const names = new Names({
  'good.example': ['93.184.216.34'],
  'good.example.': ['93.184.216.34'],
  'both.example': ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'],
  'inside.example': ['10.0.0.7'],
  'mixed.example': ['93.184.216.34', '127.0.0.1'],
  'six.example': ['::1'],
  'mapped.example': ['::ffff:192.168.0.1'],
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1'],
  'xn--bcher-kva.example': ['93.184.216.34'],
  'nothing.example': [],
  'metadata.google.internal': ['169.254.169.254'],
});

function guard(allowHosts: readonly string[] = []): AddressGuard {
  const settings = { media: { allowHosts } } as unknown as Settings;
  return new AddressGuard(settings, names, new LinkLimits());
}

const REFUSED = [
  // plain
  'http://127.0.0.1/',
  'http://127.1.2.3/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.1.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://100.64.0.1/',
  'http://100.100.100.200/',
  'http://0.0.0.0/',
  'http://0.1.2.3/',
  'http://255.255.255.255/',
  'http://224.0.0.1/',
  'http://239.255.255.250/',
  'http://240.0.0.1/',
  'http://192.0.0.1/',
  'http://192.0.2.1/',
  'http://198.18.0.1/',
  'http://198.51.100.1/',
  'http://203.0.113.1/',
  'http://192.88.99.1/',
  'http://168.63.129.16/machine',
  // the same in other spellings
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://127.1/',
  'http://127.0.1/',
  'http://0/',
  'http://0x0a000001/',
  'http://10.1/',
  'http://192.168.257/',
  'http://３１３０７０６４３３/'.replace('３１３０７０６４３３', '２１３０７０６４３３'),
  'http://127。0。0。1/',
  'http://①②⑦.0.0.1/',
  'http://127.0.0.1./',
  'http:\\\\127.0.0.1\\',
  'http:127.0.0.1/',
  'http:///127.0.0.1/',
  'http://%31%32%37.0.0.1/',
  // IPv6
  'http://[::1]/',
  'http://[::]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:93.184.216.34]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b::5db8:d822]/',
  'http://[64:ff9b:1::1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:53aa:64c::1]/',
  'http://[2001:db8::1]/',
  'http://[fe80::1]/',
  'http://[fc00::1]/',
  'http://[fd00:ec2::254]/',
  'http://[fec0::1]/',
  'http://[ff02::1]/',
  'http://[100::1]/',
  'http://[::ffff:0:7f00:1]/',
  'http://[4000::1]/',
  // names
  'http://localhost/',
  'http://LOCALHOST/',
  'http://localhost./',
  'http://inside.example/',
  'http://mixed.example/',
  'http://six.example/',
  'http://mapped.example/',
  'http://metadata.google.internal/computeMetadata/v1/',
  // ports of other services
  'http://good.example:22/',
  'http://good.example:25/',
  'https://good.example:993/',
  'http://93.184.216.34:0/',
];

const INVALID = [
  '',
  'not a link',
  'good.example/file.ogg',
  '//good.example/file.ogg',
  'ftp://good.example/file.ogg',
  'file:///etc/passwd',
  'data:audio/ogg;base64,T2dnUw==',
  'javascript:alert(1)',
  'gopher://127.0.0.1:6379/_FLUSHALL',
  'http://',
  'http://[::1%25eth0]/',
  'http://[fe80::1%eth0]/',
  'http://user@good.example/',
  'http://user:secret@good.example/',
  'http://good.example@127.0.0.1/',
  'http://999.1.1.1/',
  'http://1.2.3.4.5/',
  'http://good.example:99999/',
  `http://good.example/${'x'.repeat(10_000)}`,
];

const ADMITTED = [
  'http://good.example/file.ogg',
  'https://good.example/file.ogg',
  'HTTPS://GOOD.EXAMPLE/file.ogg',
  'https://good.example:8443/file.ogg',
  'https://good.example./file.ogg',
  'https://both.example/file.ogg',
  'https://bücher.example/file.ogg',
  'http://93.184.216.34/file.ogg',
  'http://1572395042/file.ogg',
  'http://[2606:2800:220:1:248:1893:25c8:1946]/file.ogg',
  'https://good.example/file.ogg?token=a@b#c',
];

describe('AddressGuard', () => {
  it.each(REFUSED)('refuses %s', async (link) => {
    await expect(guard().admit(link)).rejects.toMatchObject({ code: 'link_refused' });
  });

  it.each(INVALID)('takes %s for no link', async (link) => {
    await expect(guard().admit(link)).rejects.toMatchObject({ code: 'link_invalid' });
  });

  it.each(ADMITTED)('admits %s', async (link) => {
    const { addresses } = await guard().admit(link);
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.every(isPublicAddress)).toBe(true);
  });

  it.each(['http://unknown.example/', 'http://nothing.example/'])('cannot reach %s', async (link) => {
    await expect(guard().admit(link)).rejects.toMatchObject({ code: 'link_unreachable', retryable: true });
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
