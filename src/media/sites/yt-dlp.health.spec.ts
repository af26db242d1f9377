import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock } from '../../core/clock';
import { HealthReport } from '../../core/health-check';
import { HealthRegistry } from '../../core/health.registry';
import { Settings } from '../../settings/settings';
import { YtDlpHealth } from './yt-dlp.health';

const clock: Clock = { now: () => new Date('2026-06-01T00:00:00Z') };

async function reportOf(sites: Settings['sites'], roles: string[] = ['worker']): Promise<HealthReport> {
  const settings = { sites, roles: new Set(roles), searchPath: process.env.PATH } as unknown as Settings;
  const registry = new HealthRegistry();
  const check = new YtDlpHealth(settings, clock, registry);
  expect(registry.checks()).toEqual([check]);
  return (await check.check())[0]!;
}

describe('YtDlpHealth', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hark-double-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function program(version: string): string {
    const path = join(folder, version);
    writeFileSync(path, `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
    return path;
  }

  it('has nothing to say where it is off, or where nothing is transcribed', async () => {
    expect((await reportOf(undefined)).state).toBe('off');
    expect((await reportOf({ program: 'yt-dlp', hosts: ['a'] }, ['bot'])).state).toBe('off');
  });

  it.each([
    ['2026.05.01', 'ok'],
    ['2026.05.01.232815', 'ok'],
    ['2023.03.04', 'warning'],
    ['what', 'broken'],
  ])('of %s: %s', async (version, state) => {
    const report = await reportOf({ program: program(version), hosts: ['a', 'b'] });
    expect(report).toMatchObject({ name: 'yt-dlp', state });
    expect(report.remedy === undefined).toBe(state === 'ok');
  });

  it('misses what is not there', async () => {
    expect((await reportOf({ program: '/nonexistent', hosts: [] })).state).toBe('broken');
  });

  it('finds the one of this machine', async () => {
    expect((await reportOf({ program: 'yt-dlp', hosts: ['a'] })).detail).toMatch(/^yt-dlp \d{4}\.\d\d\.\d\d/);
  });
});
