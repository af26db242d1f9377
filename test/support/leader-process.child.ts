import { openMember } from './queue-member';
import { openTestStorage } from './storage';
import { LeaderProcessOptions } from './leader-process';

/** A process that wants to lead, told what to do by its argument; it reports its terms and answers questions. */
async function main({ dataDir, redisUrl, timings }: LeaderProcessOptions): Promise<void> {
  const storage = await openTestStorage(dataDir);
  const member = await openMember({ ...storage, redisUrl, timings, slots: { delivery: 1 } });
  const { leadership } = member;
  leadership.assume(async ({ number, signal }) => {
    process.send?.({ what: 'leads', number });
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    process.send?.({ what: 'ended', number });
  });
  process.on('message', () => {
    leadership.confirm().then(
      () => process.send?.({ what: 'may act' }),
      () => process.send?.({ what: 'may not act' }),
    );
  });
  process.once('SIGTERM', () => {
    void leadership
      .resign(1_000)
      .then(() => member.close())
      .then(() => storage.close())
      .then(() => process.disconnect());
  });
  process.send?.({ what: 'ready' });
}

void main(JSON.parse(process.argv[2] ?? '{}') as LeaderProcessOptions);
