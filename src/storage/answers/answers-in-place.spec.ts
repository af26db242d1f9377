import { newJob } from '../../../test/support/new-job';
import { TestStorage, openTestStorage } from '../../../test/support/storage';
import { ReplyAddress } from '../../core/voice-note';

describe('answers in a place', () => {
  let storage: TestStorage;
  beforeAll(async () => {
    storage = await openTestStorage();
  });
  afterAll(() => storage.close());

  it('are found by server, by channel with its threads, and by thread', async () => {
    const answerTo = async (address: Partial<ReplyAddress>): Promise<string> => {
      const replyTo = { platform: 'discord', ...address };
      const { job } = await storage.jobs.add(newJob({ replyTo }));
      return job.answerId ?? '';
    };
    const one = await answerTo({ workspace: 's1', channel: 'c1', message: 'm1' });
    const two = await answerTo({ workspace: 's1', channel: 'c1', thread: 't1', message: 'm2' });
    const three = await answerTo({ workspace: 's1', channel: 'c2', message: 'm3' });
    const other = await answerTo({ workspace: 's2', channel: 'c3', message: 'm4' });
    await answerTo({ platform: 'slack', workspace: 's1', channel: 'c1', message: 'm1' });

    const { answers } = storage;
    await expect(answers.inPlace('discord', { workspace: 's1' })).resolves.toEqual([one, two, three]);
    await expect(answers.inPlace('discord', { channel: 'c1' })).resolves.toEqual([one, two]);
    await expect(answers.inPlace('discord', { thread: 't1' })).resolves.toEqual([two]);
    await expect(answers.inPlace('discord', { workspace: 's2' })).resolves.toEqual([other]);
    await expect(answers.inPlace('discord', { channel: 'none' })).resolves.toEqual([]);
  });
});
