import { constants, brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { Attack } from './attack';
import { attacksOf, HostileServer, MIB } from './hostile-server';

const PACKERS = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
} as const;

/** Packed 64 MiB of nothing: less than the limit as it comes over the wire. */
function bombs(): HostileServer[] {
  return Object.entries(PACKERS).map(([encoding, pack]) => ({
    what: `a bomb in ${encoding}`,
    outcome: 'media_too_large',
    answer: (_request, response) => {
      const bomb = pack(Buffer.alloc(64 * MIB));
      if (bomb.length > MIB) throw new Error('That is no bomb');
      response.writeHead(200, { 'content-encoding': encoding }).end(bomb);
    },
  }));
}

/** A stored block of no bytes, again and again: it never gives anything out. */
const EMPTY_BLOCK = Buffer.from([0, 0, 0, 0xff, 0xff]);
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);

const OTHERS: readonly HostileServer[] = [
  {
    what: 'gzip that holds nothing and does not end',
    outcome: 'media_too_large',
    limits: { totalMs: 20_000 },
    answer: (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.write(GZIP_HEADER);
      const blocks = Buffer.concat(new Array<Buffer>(10_000).fill(EMPTY_BLOCK));
      const more = (): void => {
        while (!response.destroyed && response.write(blocks));
      };
      response.on('drain', more);
      more();
    },
  },
  {
    what: 'zstd that asks for 2 GiB of memory',
    outcome: 'link_failed',
    answer: (_request, response) => {
      const params = { [constants.ZSTD_c_windowLog]: 31 };
      const packed = zstdCompressSync(Buffer.alloc(MIB / 2), { params });
      // a single segment needs no window; the frame's descriptor is made to say that it does
      packed[4]! &= ~0x20;
      response.writeHead(200, { 'content-encoding': 'zstd' }).end(packed);
    },
  },
  {
    what: 'gzip within gzip',
    outcome: 'link_failed',
    answer: (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(gzipSync(gzipSync('sound')));
    },
  },
  {
    what: 'a packing that nobody knows',
    outcome: 'link_failed',
    answer: (_request, response) => void response.writeHead(200, { 'content-encoding': 'zip' }).end('x'),
  },
  {
    what: 'gzip that is none',
    outcome: 'link_failed',
    answer: (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('sound'),
  },
  {
    what: 'half of what was gzip',
    outcome: 'link_failed',
    answer: (_request, response) => {
      const packed = gzipSync(Buffer.from('sound'.repeat(100)));
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, packed.length - 12));
    },
  },
];

export function packingAttacks(): Attack[] {
  return attacksOf('Packed: the server sends', [...bombs(), ...OTHERS]);
}
