import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../core/clock';
import { HealthCheck, HealthReport } from '../../core/health-check';
import { HealthRegistry } from '../../core/health.registry';
import { Settings } from '../../settings/settings';
import { programOn, searchPathOf } from '../search-path';

/** Python takes its time to start; a part has 5 s to answer. */
const PATIENCE_MS = 4_500;
/** Sites change: what is older does not understand them any more, mostly. */
const OLD_DAYS = 180;
const DAY_MS = 86_400_000;

/** Whether links to sites can be read, where they are to be. */
@Injectable()
export class YtDlpHealth extends HealthCheck {
  readonly name = 'yt-dlp';

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    registry: HealthRegistry,
  ) {
    super();
    registry.add(this);
  }

  async check(): Promise<HealthReport[]> {
    return [{ name: this.name, ...(await this.look()) }];
  }

  private async look(): Promise<Omit<HealthReport, 'name'>> {
    const { sites, roles } = this.settings;
    if (sites === undefined)
      return { state: 'off', detail: 'YT_DLP is not on: links to sites are not read.' };
    if (roles.size > 0 && !roles.has('worker')) {
      return { state: 'off', detail: 'This process does not transcribe.' };
    }
    const version = await this.version(sites.program);
    const remedy =
      'Install yt-dlp (https://github.com/yt-dlp/yt-dlp/wiki/Installation), or set YT_DLP to its path.';
    if (version === undefined) return { state: 'broken', detail: 'yt-dlp cannot be run.', remedy };
    const days =
      (this.clock.now().getTime() - Date.parse(version.slice(0, 10).replaceAll('.', '-'))) / DAY_MS;
    const detail = `yt-dlp ${version} reads links to ${sites.hosts.length} sites.`;
    if (!(days > OLD_DAYS)) return { state: 'ok', detail };
    return { state: 'warning', detail: `${detail} It is old, and sites change.`, remedy: 'Update yt-dlp.' };
  }

  private async version(name: string): Promise<string | undefined> {
    const PATH = searchPathOf(this.settings);
    const program = await programOn(PATH, name);
    if (program === undefined) return undefined;
    const options = { env: { PATH }, timeout: PATIENCE_MS, maxBuffer: 4_096 };
    const said = await promisify(execFile)(program, ['--ignore-config', '--version'], options).catch(
      () => undefined,
    );
    return /^\d{4}\.\d{2}\.\d{2}\S*/.exec(said?.stdout ?? '')?.[0];
  }
}
