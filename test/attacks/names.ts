import { HostResolver } from '../../src/media/links/host-resolver';

/** Names as an attacker's name server answers them. */
class Names extends HostResolver {
  constructor(private readonly answers: Record<string, string[]>) {
    super();
  }

  override addressesOf(host: string): Promise<string[]> {
    const found = this.answers[host];
    return found ? Promise.resolve(found) : Promise.reject(new Error(`${host} is unknown`));
  }
}

/** A name server that gives another answer each time it is asked, and a private one in the end. */
export class ChangingNames extends HostResolver {
  readonly asked: string[] = [];

  constructor(private readonly answers: string[][]) {
    super();
  }

  override addressesOf(host: string): Promise<string[]> {
    this.asked.push(host);
    return Promise.resolve(this.answers[this.asked.length - 1] ?? ['10.0.0.1']);
  }
}

const PUBLIC = '93.184.216.34';

export const EXAMPLE_NAMES = new Names({
  'good.example': [PUBLIC],
  'good.example.': [PUBLIC],
  'both.example': [PUBLIC, '2606:2800:220:1:248:1893:25c8:1946'],
  'inside.example': ['10.0.0.7'],
  'mixed.example': [PUBLIC, '127.0.0.1'],
  'mixed6.example': [PUBLIC, 'fd00::1'],
  'six.example': ['::1'],
  'zone.example': ['fe80::1%eth0'],
  'mapped.example': ['::ffff:192.168.0.1'],
  'nat64.example': ['64:ff9b::a00:1'],
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1'],
  'printer.local': ['192.168.1.9'],
  'xn--bcher-kva.example': [PUBLIC],
  'xn--lclhst-cva4c.example': ['127.0.0.1'],
  'nothing.example': [],
  'metadata.google.internal': ['169.254.169.254'],
});
