import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { newJob } from '../../test/support/new-job';
import { AnswerStore } from '../core/answer-store';
import { AuditLog } from '../core/audit-log';
import { HealthRegistry } from '../core/health.registry';
import { JobArchive } from '../core/job-archive';
import { JobStore } from '../core/job-store';
import { PreferenceStore } from '../core/preference-store';
import { TokenStore } from '../core/token-store';
import { UploadStore } from '../core/upload-store';
import { Settings } from '../settings/settings';
import { SettingsModule } from '../settings/settings.module';
import { StorageModule } from './storage.module';

describe('the storage module', () => {
  let dataDir: string;
  let app: INestApplicationContext;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hark-module-'));
    const settings = {
      dataDir,
      scratchDir: dataDir,
      databaseUrl: `sqlite:${join(dataDir, 'sub', 'hark.sqlite')}`,
      roles: new Set(['api', 'worker']),
    } as unknown as Settings;
    const module = await Test.createTestingModule({
      imports: [SettingsModule.of(settings), StorageModule],
    }).compile();
    app = await module.init();
  });
  afterEach(async () => {
    await app.close();
    await rm(dataDir, { recursive: true });
  });

  it.each([JobStore, JobArchive, AnswerStore, PreferenceStore, TokenStore, AuditLog, UploadStore])(
    'provides the port %p',
    (port) => {
      expect(app.select(StorageModule).get(port)).toBeInstanceOf(port);
    },
  );

  it('says how it is, closes its files, and takes nothing any more then', async () => {
    const [check] = app.get(HealthRegistry, { strict: false }).checks();
    const jobs = app.select(StorageModule).get(JobStore);
    await expect(jobs.add(newJob())).resolves.toMatchObject({ created: true });
    await expect(check?.check()).resolves.toEqual([
      { name: 'database', state: 'ok', detail: 'SQLite answers.' },
    ]);
    await app.close();
    expect(await readdir(join(dataDir, 'sub'))).toEqual(['hark.sqlite']);
    await expect(jobs.add(newJob())).rejects.toMatchObject({ code: 'service_unavailable', retryable: true });
    await expect(check?.check()).resolves.toMatchObject([{ name: 'database', state: 'broken' }]);
    expect(await readdir(join(dataDir, 'sub'))).toEqual(['hark.sqlite']);
  });
});
