import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, RequestListener } from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MediaInput } from '../../src/core/media';
import { AddressGuard } from '../../src/media/links/address-guard';
import { HostResolver } from '../../src/media/links/host-resolver';
import { LinkLimits } from '../../src/media/links/link-limits';
import { SiteLinks } from '../../src/media/sites/site-links.service';
import { TemporaryFolder } from '../../src/media/temporary-folder.service';
import { Settings } from '../../src/settings/settings';

/** A site on this machine, and what reads links to it. */
export interface SitesBench {
  sites: SiteLinks;
  host: string;
  link(path: string): string;
  /** Names of all that lies in the temporary folder. */
  leftOvers(): string[];
  /** Processes that were started for links, by what stands in their command line. */
  running(): number[];
  close(): Promise<void>;
}

export interface SitesOptions {
  program?: string;
  limits?: Partial<LinkLimits>;
  searchPath?: string;
}

export async function sitesBench(site: RequestListener, options: SitesOptions = {}): Promise<SitesBench> {
  const server = createServer(site);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('close', () => sockets.delete(socket))));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const scratchDir = mkdtempSync(join(tmpdir(), 'hark-sites-'));
  const settings = {
    scratchDir,
    searchPath: options.searchPath ?? process.env.PATH,
    sites: { program: options.program ?? 'yt-dlp', hosts: ['127.0.0.1'] },
    media: { allowHosts: [host] },
  } as unknown as Settings;
  const limits = { ...new LinkLimits(), ...options.limits };
  const guard = new AddressGuard(settings, new HostResolver(), limits);
  const folder = new TemporaryFolder(settings);
  return {
    sites: new SiteLinks(settings, guard, folder, limits),
    host,
    link: (path) => `http://${host}${path}`,
    leftOvers: () => (existsSync(folder.path()) ? readdirSync(folder.path()) : []),
    running: () => processesWith(host),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(scratchDir, { recursive: true });
    },
  };
}

function processesWith(word: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
      } catch {
        return false;
      }
    })
    .map(Number);
}

export async function bytesOf({ stream }: MediaInput): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
