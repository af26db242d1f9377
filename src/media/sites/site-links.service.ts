import { Injectable } from '@nestjs/common';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { HarkError } from '../../core/errors';
import { MediaInput, MediaLimits } from '../../core/media';
import { Settings } from '../../settings/settings';
import { AddressGuard } from '../links/address-guard';
import { BoundedBody } from '../links/bounded-body';
import { tookTooLong } from '../links/link-errors';
import { LinkLimits } from '../links/link-limits';
import { programOn, searchPathOf } from '../search-path';
import { TemporaryFolder } from '../temporary-folder.service';
import { EgressProxy } from './egress-proxy';
import { ytDlpArguments } from './yt-dlp.arguments';
import { brokeOff, errorLines, siteError } from './yt-dlp.errors';
import { YtDlpProcess } from './yt-dlp.process';

/** Pages, lists and pictures around a recording, in bytes. */
const PAGES = 64 * 1024 * 1024;

/**
 * Recordings on sites whose links lead to a page and not to a file, by `yt-dlp`: only where the admin has switched it
 * on, only for the sites that the admin has named, and only through a proxy of hark's own.
 */
@Injectable()
export class SiteLinks {
  constructor(
    private readonly settings: Settings,
    private readonly guard: AddressGuard,
    private readonly folder: TemporaryFolder,
    private readonly limits: LinkLimits,
  ) {}

  /** Whether a link leads to one of the sites. */
  takes(link: string): boolean {
    const { sites } = this.settings;
    const host = URL.parse(link)?.hostname.replace(/\.$/, '');
    return (
      host !== undefined && (sites?.hosts ?? []).some((site) => host === site || host.endsWith(`.${site}`))
    );
  }

  /** @throws HarkError as `LinkFetcher` does, and `media_too_long` */
  async open(link: string, limits: MediaLimits, signal: AbortSignal): Promise<MediaInput> {
    const { url } = await this.guard.admit(link);
    const folder = await this.folder.folder();
    const proxy = await EgressProxy.open(this.guard, this.limits, limits.maxBytes + PAGES);
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(this.limits.totalMs)]);
    let process: YtDlpProcess | undefined;
    const kill = (): void => process?.kill();
    const end = async (): Promise<void> => {
      kill();
      deadline.removeEventListener('abort', kill);
      await process?.ended();
      proxy.close();
      await rm(folder, { recursive: true, force: true });
    };
    try {
      process = await this.start(url.href, limits, folder, proxy.url);
      deadline.addEventListener('abort', kill);
      if (deadline.aborted) kill();
      const { stdout } = process;
      await Promise.race([once(stdout, 'readable'), once(stdout, 'close')]);
      signal.throwIfAborted();
      if (stdout.readableLength === 0) {
        await process.ended();
        if (deadline.aborted) throw tookTooLong(url.host);
        throw siteError(process.words, url.host, limits.maxSeconds, proxy.refusal);
      }
      const body = new BoundedBody(limits.maxBytes, url.host, () => completed(process!, url.host, deadline));
      pipeline(stdout, body, () => void end().catch(() => undefined));
      return { stream: body };
    } catch (error) {
      await end();
      signal.throwIfAborted();
      throw HarkError.from(error);
    }
  }

  private async start(
    link: string,
    { maxBytes, maxSeconds }: MediaLimits,
    folder: string,
    proxy: string,
  ): Promise<YtDlpProcess> {
    const searchPath = searchPathOf(this.settings);
    const program = await programOn(searchPath, this.settings.sites?.program ?? 'yt-dlp');
    if (program === undefined) {
      throw new HarkError('link_failed', 'Links to that site cannot be read: yt-dlp is not there.');
    }
    const limited = (await programOn(searchPath, 'prlimit')) !== undefined;
    const place = { program, searchPath, folder, proxy, maxBytes, limited };
    return new YtDlpProcess(place, ytDlpArguments(link, maxSeconds));
  }
}

/** @throws HarkError when that was not all of it */
async function completed(process: YtDlpProcess, host: string, deadline: AbortSignal): Promise<void> {
  if (await process.ended()) return;
  throw deadline.aborted ? tookTooLong(host) : brokeOff(host, errorLines(process.words));
}
