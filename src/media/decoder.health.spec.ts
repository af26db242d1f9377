import { Test } from '@nestjs/testing';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HealthRegistry } from '../core/health.registry';
import { HealthReport } from '../core/health-check';
import { LinkFetcher, MediaReader } from '../core/media';
import { Settings } from '../settings/settings';
import { SettingsModule } from '../settings/settings.module';
import { MediaModule } from './media.module';

async function reportWith(settings: Partial<Settings>): Promise<HealthReport[]> {
  const scratchDir = mkdtempSync(join(tmpdir(), 'hark-health-'));
  const all = { scratchDir, media: { allowHosts: [] }, ...settings } as unknown as Settings;
  const app = await Test.createTestingModule({ imports: [SettingsModule.of(all), MediaModule] }).compile();
  try {
    await app.init();
    expect(app.get(MediaReader)).toBeInstanceOf(MediaReader);
    expect(app.get(LinkFetcher)).toBeInstanceOf(LinkFetcher);
    const checks = app.get(HealthRegistry, { strict: false }).checks();
    return await checks.find(({ name }) => name === 'decoder')!.check();
  } finally {
    await app.close();
    rmSync(scratchDir, { recursive: true });
  }
}

/** Whether this system lets a program have a network of its own. */
function canUnshare(): boolean {
  return spawnSync('unshare', ['--net', '--user', '--map-current-user', '--', 'true']).status === 0;
}

const worker = new Set(['worker'] as const);

describe('DecoderHealth', () => {
  it('names the ffmpeg that is there', async () => {
    const [report] = await reportWith({ roles: worker, searchPath: process.env.PATH });
    expect(report).toMatchObject({ name: 'decoder', state: 'ok' });
    expect(report!.detail).toMatch(/^ffmpeg \S+ decodes all formats\.$/);
  });

  it('warns where there is none, and says what works without', async () => {
    const [report] = await reportWith({ roles: worker, searchPath: '/nonexistent' });
    expect(report).toMatchObject({ state: 'warning', remedy: 'Install ffmpeg.' });
    expect(report!.detail).toContain('32 MiB');
  });

  it('says whether decoders are cut off from the network', async () => {
    const tools = mkdtempSync(join(tmpdir(), 'hark-tools-'));
    try {
      for (const program of ['ffmpeg', 'prlimit']) {
        symlinkSync(execFileSync('which', [program], { encoding: 'utf8' }).trim(), join(tools, program));
      }
      const [, without] = await reportWith({ roles: worker, searchPath: tools });
      expect(without).toMatchObject({ name: 'isolation', state: 'off' });
    } finally {
      rmSync(tools, { recursive: true });
    }
    const [, here] = await reportWith({ roles: worker, searchPath: process.env.PATH });
    expect(here).toMatchObject({ name: 'isolation', state: canUnshare() ? 'ok' : 'off' });
  });

  it('has nothing to say in a process that does not transcribe', async () => {
    const [report] = await reportWith({ roles: new Set(['bot'] as const) });
    expect(report!.state).toBe('off');
  });
});
