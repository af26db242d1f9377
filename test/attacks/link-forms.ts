import { AddressGuard } from '../../src/media/links/address-guard';
import { LinkLimits } from '../../src/media/links/link-limits';
import { isPublicAddress } from '../../src/media/links/public-address';
import { Settings } from '../../src/settings/settings';
import { Attack, outcomeOf } from './attack';
import { EXAMPLE_NAMES } from './names';

type Forms = Record<string, readonly (readonly [what: string, link: string])[]>;

/** Well-formed links to where hark does not go. */
const REFUSED: Forms = {
  'Addresses that are not public': [
    ['loopback', 'http://127.0.0.1/'],
    ['the rest of loopback', 'http://127.1.2.3/'],
    ['private, class A', 'http://10.0.0.1/'],
    ['private, class B, first', 'http://172.16.0.1/'],
    ['private, class B, last', 'http://172.31.255.255/'],
    ['private, class C', 'http://192.168.1.1/'],
    ['metadata of a cloud', 'http://169.254.169.254/latest/meta-data/'],
    ["a provider's inner network", 'http://100.64.0.1/'],
    ['metadata of another cloud', 'http://100.100.100.200/'],
    ['this host', 'http://0.0.0.0/'],
    ['this network', 'http://0.1.2.3/'],
    ['broadcast', 'http://255.255.255.255/'],
    ['multicast, first', 'http://224.0.0.1/'],
    ['multicast, service discovery', 'http://239.255.255.250/'],
    ['reserved', 'http://240.0.0.1/'],
    ['protocol assignments', 'http://192.0.0.1/'],
    ['documentation, 1', 'http://192.0.2.1/'],
    ['documentation, 2', 'http://198.51.100.1/'],
    ['documentation, 3', 'http://203.0.113.1/'],
    ['measuring', 'http://198.18.0.1/'],
    ['6to4 relay', 'http://192.88.99.1/'],
    ["a cloud's service on every host", 'http://168.63.129.16/machine'],
  ],
  'The same addresses, spelt differently': [
    ['decimal', 'http://2130706433/'],
    ['hexadecimal', 'http://0x7f000001/'],
    ['hexadecimal part', 'http://0x7f.0.0.1/'],
    ['octal part', 'http://0177.0.0.1/'],
    ['octal', 'http://017700000001/'],
    ['two parts', 'http://127.1/'],
    ['three parts', 'http://127.0.1/'],
    ['one digit', 'http://0/'],
    ['hexadecimal, private', 'http://0x0a000001/'],
    ['decimal, metadata', 'http://2852039166/'],
    ['two parts, private', 'http://10.1/'],
    ['three parts, private', 'http://192.168.257/'],
    ['all three at once', 'http://0xa9.0376.43518/'],
    ['full-width digits', 'http://２１３０７０６４３３/'],
    ['ideographic stops', 'http://127。0。0。1/'],
    ['circled digits', 'http://①②⑦.0.0.1/'],
    ['trailing dot', 'http://127.0.0.1./'],
    ['backslashes', 'http:\\\\127.0.0.1\\'],
    ['no slashes', 'http:127.0.0.1/'],
    ['three slashes', 'http:///127.0.0.1/'],
    ['percent-encoded', 'http://%31%32%37.0.0.1/'],
    ['percent-encoded stop', 'http://127%2e0%2e0%2e1/'],
    ['tabs and line breaks', 'http://127.0\t.0\n.1/'],
    ['soft hyphen', 'http://127.0.0\u00ad.1/'],
  ],
  IPv6: [
    ['loopback', 'http://[::1]/'],
    ['this host', 'http://[::]/'],
    ['loopback, written out', 'http://[0:0:0:0:0:0:0:1]/'],
    ['IPv4-mapped', 'http://[::ffff:127.0.0.1]/'],
    ['IPv4-mapped, hexadecimal', 'http://[::ffff:7f00:1]/'],
    ['IPv4-mapped, public', 'http://[::ffff:93.184.216.34]/'],
    ['IPv4-compatible', 'http://[::127.0.0.1]/'],
    ['IPv4-translated', 'http://[::ffff:0:7f00:1]/'],
    ['NAT64', 'http://[64:ff9b::7f00:1]/'],
    ['NAT64, public', 'http://[64:ff9b::5db8:d822]/'],
    ['NAT64, local prefix', 'http://[64:ff9b:1::1]/'],
    ['6to4', 'http://[2002:7f00:1::]/'],
    ['Teredo', 'http://[2001:0:53aa:64c::1]/'],
    ['documentation', 'http://[2001:db8::1]/'],
    ['link-local', 'http://[fe80::1]/'],
    ['unique local', 'http://[fc00::1]/'],
    ['metadata of a cloud', 'http://[fd00:ec2::254]/'],
    ['site-local', 'http://[fec0::1]/'],
    ['multicast', 'http://[ff02::1]/'],
    ['discard-only', 'http://[100::1]/'],
    ['never given out', 'http://[4000::1]/'],
  ],
  Names: [
    ['localhost', 'http://localhost/'],
    ['localhost in capitals', 'http://LOCALHOST/'],
    ['localhost with a dot', 'http://localhost./'],
    ['localhost in full-width letters', 'http://ｌｏｃａｌｈｏｓｔ/'],
    ['localhost with circled letters', 'http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/'],
    ['resolves to a private address', 'http://inside.example/'],
    ['resolves to a public and a private address', 'http://mixed.example/'],
    ['resolves to a public and a private IPv6 address', 'http://mixed6.example/'],
    ['resolves to IPv6 loopback', 'http://six.example/'],
    ['resolves to an address with a zone', 'http://zone.example/'],
    ['resolves to an IPv4-mapped address', 'http://mapped.example/'],
    ['resolves to a NAT64 address', 'http://nat64.example/'],
    ['an IDN that resolves to loopback', 'http://xn--lclhst-cva4c.example/'],
    ['of a device nearby', 'http://printer.local/'],
    ['of a metadata service', 'http://metadata.google.internal/computeMetadata/v1/'],
  ],
  'Ports of other services': [
    ['remote shell', 'http://good.example:22/'],
    ['mail', 'http://good.example:25/'],
    ['mail over TLS', 'https://good.example:993/'],
    ['none', 'http://93.184.216.34:0/'],
    ['Redis on this host', 'http://127.0.0.1:6379/'],
  ],
};

/** What is no link to a file on the web. */
const INVALID: Forms = {
  'Not a web link': [
    ['nothing', ''],
    ['words', 'not a link'],
    ['no scheme', 'good.example/file.ogg'],
    ["the page's own scheme", '//good.example/file.ogg'],
    ['FTP', 'ftp://good.example/file.ogg'],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:audio/ogg;base64,T2dnUw=='],
    ['a script', 'javascript:alert(1)'],
    ['Gopher, to Redis', 'gopher://127.0.0.1:6379/_FLUSHALL'],
    ['a dictionary server', 'dict://127.0.0.1:11211/stats'],
    ['no host', 'http://'],
    ['a zone, encoded', 'http://[::1%25eth0]/'],
    ['a zone', 'http://[fe80::1%eth0]/'],
    ['a user', 'http://user@good.example/'],
    ['a user and a password', 'http://user:secret@good.example/'],
    ['a host in the place of the user', 'http://good.example@127.0.0.1/'],
    ['a host in the place of the password', 'http://good.example:80@127.0.0.1/'],
    ['part of an address too large', 'http://999.1.1.1/'],
    ['an address of five parts', 'http://1.2.3.4.5/'],
    ['an address that overflows', 'http://4294967297/'],
    ['a port too large', 'http://good.example:99999/'],
    ['a blank in the host', 'http://127.0.0.1 .good.example/'],
    ['10,000 letters', `http://good.example/${'x'.repeat(10_000)}`],
  ],
};

const UNREACHABLE: Forms = {
  'Names that lead nowhere': [
    ['unknown', 'http://unknown.example/'],
    ['without an address', 'http://nothing.example/'],
  ],
};

/** What must still work, or the guard would be of no use. */
const FOLLOWED: Forms = {
  'Links that are right': [
    ['http', 'http://good.example/file.ogg'],
    ['https', 'https://good.example/file.ogg'],
    ['capitals', 'HTTPS://GOOD.EXAMPLE/file.ogg'],
    ['a port above 1023', 'https://good.example:8443/file.ogg'],
    ['a trailing dot', 'https://good.example./file.ogg'],
    ['IPv4 and IPv6', 'https://both.example/file.ogg'],
    ['an IDN', 'https://bücher.example/file.ogg'],
    ['a public address', 'http://93.184.216.34/file.ogg'],
    ['a public address, decimal', 'http://1572395042/file.ogg'],
    ['a public IPv6 address', 'http://[2606:2800:220:1:248:1893:25c8:1946]/file.ogg'],
    ['signs in the query', 'https://good.example/file.ogg?token=a@b#c'],
  ],
};

/** Every form of a link, with what `AddressGuard` makes of it. */
export function linkAttacks(): Attack[] {
  return [
    ...rows(REFUSED, 'link_refused'),
    ...rows(INVALID, 'link_invalid'),
    ...rows(UNREACHABLE, 'link_unreachable'),
    ...rows(FOLLOWED, 'followed'),
  ];
}

function rows(forms: Forms, outcome: string): Attack[] {
  return Object.entries(forms).flatMap(([group, links]) =>
    links.map(([what, link]) => ({
      group,
      what,
      link,
      outcome,
      attempt: () => outcomeOf(() => admit(link)),
    })),
  );
}

async function admit(link: string): Promise<string> {
  const settings = { media: { allowHosts: [] } } as unknown as Settings;
  const { addresses } = await new AddressGuard(settings, EXAMPLE_NAMES, new LinkLimits()).admit(link);
  return addresses.length > 0 && addresses.every(isPublicAddress) ? 'followed' : `led to ${addresses.join()}`;
}
