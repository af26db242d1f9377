import { Logger } from '@nestjs/common';
import { AnswerUnderTest, spoken } from '../../test/support/answers';
import { newJob } from '../../test/support/new-job';
import { openTestStorage } from '../../test/support/storage';
import { LocalJobEvents } from '../queue/local-job-events';
import { AttemptsService } from './attempts.service';
import { AudioService } from './audio.service';
import { ChatPlatform } from './chat-platform';
import { DeliveryOutcomeService } from './delivery-outcome.service';
import { DeliveryService } from './delivery.service';
import { JobChangesService } from './job-changes.service';
import { Leadership } from './leadership';
import { LeaseKeeperService } from './lease-keeper.service';
import { PlatformRegistry } from './platform.registry';
import { Policy } from './policy';
import { ReplyTurns } from './reply-turns';
import { RunningWork } from './running-work';
import { UploadStore } from './upload-store';
import { workContext } from './work-context';

const SOURCE = { kind: 'attachment', platform: 'here', ids: {} } as const;
const nothing = (): void => undefined;
const clock = { now: () => new Date() };
const { signal } = new AbortController();

describe('on whose behalf is', () => {
  it('what keeps a lease, of an attempt and of a delivery', async () => {
    const kept: unknown[] = [];
    const leases = new LeaseKeeperService({ processId: 'here', leaseMs: 60_000 } as Policy, clock);
    jest.spyOn(leases, 'keep').mockImplementation(() => {
      kept.push(workContext());
      return { owner: 'here', release: nothing };
    });
    const storage = await openTestStorage();
    const { job } = await storage.jobs.add(newJob());
    const changes = { begun: nothing, left: nothing } as unknown as JobChangesService;
    const running = new RunningWork(new LocalJobEvents(), {} as Policy);
    (await new AttemptsService(storage.jobs, leases, running, changes, clock).begin(job.id, signal))?.end();
    await storage.close();

    const answer = new AnswerUnderTest({ platform: 'here' }, SOURCE).with([spoken('Hello.')]);
    const claimed = { answer, attempts: 1, revision: 1 };
    const outcome = { claim: () => Promise.resolve(claimed), delivered: () => Promise.resolve() };
    const platforms = new PlatformRegistry();
    platforms.add({ name: 'here', deliver: () => Promise.resolve({}) } as unknown as ChatPlatform);
    await new DeliveryService(
      outcome as unknown as DeliveryOutcomeService,
      leases,
      platforms,
      new ReplyTurns(),
      { confirm: () => Promise.resolve() } as unknown as Leadership,
    ).run(answer.id, signal);

    expect(kept).toEqual([
      { jobId: job.id, platform: 'api', stage: 'reading' },
      { jobId: `${answer.id}-0`, platform: 'here', stage: 'delivering' },
    ]);
  });

  it('the removal of audio, which is not always possible', async () => {
    const said = jest.spyOn(Logger.prototype, 'warn').mockImplementation(nothing);
    const uploads = { remove: () => Promise.reject(new Error('no')) } as unknown as UploadStore;
    const storage = await openTestStorage();
    const { job } = await storage.jobs.add(newJob());
    const upload = { kind: 'upload', uploadId: 'u', sha256: '', bytes: 1 } as const;
    await new AudioService(uploads, storage.archive, {} as Policy).removeAll({
      ...job,
      source: upload,
    });
    await storage.close();
    expect(said.mock.calls).toMatchObject([[{ jobId: job.id, platform: 'api', stage: 'removing' }]]);
    said.mockRestore();
  });
});
