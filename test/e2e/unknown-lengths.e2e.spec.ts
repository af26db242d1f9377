import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { IntakeService } from '../../src/core/intake.service';
import { TranscriptionJob, isFinished } from '../../src/core/job';
import { JobEvents } from '../../src/core/job-events';
import { JobStore } from '../../src/core/job-store';
import { PreferenceStore } from '../../src/core/preference-store';
import { RunningService, startService } from '../support/service-in-process';
import { oggOf, silence } from '../support/sounds';

const SECONDS = 50;
const DAY_MS = 86_400_000;

describe('limits on audio where nobody says how long it is', () => {
  const fetched: string[] = [];
  const recording = oggOf(silence(SECONDS));
  const web = createServer(({ url = '' }, response) => {
    fetched.push(url);
    // In chunks, without a length.
    response.writeHead(200, { 'content-type': 'audio/ogg' });
    response.write(recording);
    response.end();
  });
  let service: RunningService;
  let jobs: JobStore;
  beforeAll(async () => {
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    service = await startService({
      MEDIA_ALLOW_HOSTS: host(),
      RATE_LIMIT_AUDIO_MINUTES_PER_DAY: '1',
      RATE_LIMIT_CHANNEL_AUDIO_MINUTES_PER_DAY: '2',
    });
    jobs = service.app.get(JobStore, { strict: false });
  }, 60_000);
  afterAll(async () => {
    await service.close();
    await new Promise((resolve) => web.close(resolve));
  });
  const host = (): string => `127.0.0.1:${(web.address() as AddressInfo).port}`;

  let asked = 0;
  const ask = async (user: string, channel: string, roles: string[] = []): Promise<string> => {
    asked += 1;
    const { job } = await service.app.get(IntakeService, { strict: false }).submit({
      platform: 'discord',
      author: { id: user },
      requester: { id: user, roles },
      trigger: 'request',
      source: { kind: 'link', url: `http://${host()}/${user}/${asked}.ogg` },
      options: { language: 'auto', translate: false },
      replyTo: { platform: 'discord', workspace: 'guild', channel, message: `message ${asked}` },
      private: false,
      position: 0,
      fresh: false,
    });
    return job.id;
  };
  const read = (job?: TranscriptionJob): boolean => job !== undefined && isRead(job);
  const isRead = ({ status }: TranscriptionJob): boolean => isFinished(status) || status === 'delivering';
  const ended = async (id: string): Promise<TranscriptionJob> => {
    const found = Promise.withResolvers<TranscriptionJob>();
    const look = async (): Promise<void> => {
      const job = await jobs.find(id);
      if (job && read(job)) found.resolve(job);
    };
    const off = service.app.get(JobEvents, { strict: false }).subscribe((event) => {
      if (event.type === 'status' && event.jobId === id) void look();
    });
    await look();
    return found.promise.finally(off);
  };
  const codes = async (ids: readonly string[]): Promise<(string | undefined)[]> =>
    (await Promise.all(ids.map(ended))).map(({ status, error }) => error?.code ?? status);

  it('hold for what waits: others of the same person are not even fetched once they are used up', async () => {
    const ids = [await ask('greedy', 'c1'), await ask('greedy', 'c1'), await ask('greedy', 'c1')];
    expect(await codes(ids)).toEqual(['delivering', 'quota_audio_minutes', 'quota_audio_minutes']);
    const { error } = await ended(ids[2] ?? '');
    expect(error?.message).toContain('You can ask again at');
    const retryAt = Date.parse(String(error?.params?.retryAt));
    expect(retryAt).toBeGreaterThan(Date.now() + DAY_MS - 600_000);
    expect(retryAt).toBeLessThanOrEqual(Date.now() + DAY_MS);
    expect(fetched.filter((url) => url.startsWith('/greedy/'))).toHaveLength(2);
    const use = await jobs.usage({ platform: 'discord', user: 'greedy' }, new Date(0));
    expect(use.reduce((sum, { seconds }) => sum + seconds, 0)).toBeLessThan(60 + SECONDS);
  });

  it('hold for places, and for those only to whom no role gives more', async () => {
    const preferences = service.app.get(PreferenceStore, { strict: false });
    const exceptions = [{ role: 'staff', limits: { audioMinutesPerDay: 0 } }];
    await preferences.set({ platform: 'discord', kind: 'server', id: 'guild' }, { quota: { exceptions } });
    const ids = [await ask('boss', 'c2', ['staff']), await ask('boss', 'c2', ['staff'])];
    expect(await codes(ids)).toEqual(['delivering', 'delivering']);
    expect(await codes([await ask('boss', 'c2', ['staff'])])).toEqual(['quota_place_audio_minutes']);
  });
});
