import { randomUUID } from 'node:crypto';
import { JobArchive, Reach, TranscriptSearch } from '../../../src/core/job-archive';
import { ReplyAddress } from '../../../src/core/voice-note';
import { spoken } from '../../support/job-stages';
import { newJob } from '../../support/new-job';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

interface Said {
  /** Who spoke. */
  by?: string;
  /** Who asked. */
  for?: string;
  private?: boolean;
  position?: number;
}

/** Looking for words in what somebody may see. */
export function describeJobSearch(under: StorageUnderTest): void {
  describe('search within reach', () => {
    let storage: TestStorage;
    let archive: JobArchive;
    beforeEach(async () => {
      storage = await under.open();
      archive = storage.archive;
    });
    afterEach(() => storage.close());

    const said = async (text: string, place: Partial<ReplyAddress>, of: Said = {}): Promise<string> => {
      const replyTo = { platform: 'discord', message: randomUUID(), ...place };
      const { by = 'ann', for: requester = by, private: isPrivate = false, position = 0 } = of;
      const { note, ...job } = newJob({ user: requester, replyTo });
      const added = { ...note, author: { id: by }, private: isPrivate, position };
      const { id } = (await storage.jobs.add({ ...job, note: added })).job;
      const now = new Date();
      await storage.jobs.claim(id, { owner: id, until: new Date(now.getTime() + 60_000) }, now);
      const { answerId = '' } = (await storage.jobs.finish(id, id, spoken(text), now)) ?? {};
      await delivered(answerId);
      return id;
    };
    const delivered = async (answerId: string): Promise<void> => {
      const now = new Date();
      const lease = { owner: randomUUID(), until: new Date(now.getTime() + 60_000) };
      const claimed = await storage.answers.claim(answerId, lease, now);
      const delivery = { revision: claimed?.revision ?? 0, reply: {}, milliseconds: 1 };
      await storage.answers.finish(answerId, lease.owner, delivery, now);
    };
    const found = async (
      reach: Partial<Reach> = {},
      search: Partial<TranscriptSearch> = {},
    ): Promise<string[]> => {
      const whole = { platform: 'discord', workspace: 'w', user: 'eve', channels: ['open'], ...reach };
      const { jobs } = await archive.search({ text: 'kettle', limit: 10, reach: whole, ...search });
      return jobs.map(({ id }) => id);
    };

    it('finds what is in the channels, newest first, and nothing beside them', async () => {
      const [first, second] = [
        await said('the kettle sings', { workspace: 'w', channel: 'open' }),
        await said('a kettle more', { workspace: 'w', channel: 'open' }),
      ];
      const closed = await said('kettle in a closed room', { workspace: 'w', channel: 'closed' });
      await said('kettle elsewhere', { workspace: 'w2', channel: 'open' });
      await said('kettle elsewhere', { platform: 'slack', workspace: 'w', channel: 'open' });
      await said('no such thing', { workspace: 'w', channel: 'open' });
      expect(await found()).toEqual([second, first]);
      expect(await found({ channels: ['open', 'closed'] })).toEqual([closed, second, first]);
      expect(await found({}, { text: 'kettle sings' })).toEqual([first]);
      for (const channels of [[], ['another']]) expect(await found({ channels })).toEqual([]);
      for (const text of ['', '"', 'NOT kettle OR']) expect(await found({}, { text })).toEqual([]);
    });

    it('goes on page by page, whatever is erased meanwhile', async () => {
      const ids: string[] = [];
      for (let index = 0; index < 7; index++) {
        ids.unshift(await said('kettle', { workspace: 'w', channel: index % 2 ? 'open' : 'other' }));
      }
      const reach = { platform: 'discord', workspace: 'w', user: 'eve', channels: ['open', 'other'] };
      const seen: string[] = [];
      let before: string | undefined;
      do {
        const page = await archive.search({ text: 'kettle', limit: 3, reach, before });
        seen.push(...page.jobs.map(({ id }) => id));
        before = page.nextCursor;
        if (before !== undefined) await storage.jobs.erase(before);
      } while (before !== undefined);
      expect(seen).toEqual(ids);
      const unknown = archive.search({ text: 'kettle', limit: 3, reach, before: "' or 1=1" });
      await expect(unknown).rejects.toMatchObject({ code: 'field_invalid' });
    });

    it('finds what is confidential for whoever asked, where they still see it', async () => {
      const asked = { for: 'eve', private: true };
      const secret = await said('kettle', { workspace: 'w', channel: 'open' }, asked);
      await said('kettle', { workspace: 'w', channel: 'open' }, { for: 'bob', private: true });
      await said('kettle', { workspace: 'w', channel: 'left meanwhile' }, asked);
      const direct = await said('kettle', { workspace: 'w', channel: 'd', direct: true }, { by: 'eve' });
      await said('kettle', { workspace: 'w', channel: 'd2', direct: true }, { by: 'eve', for: 'bob' });
      expect(await found()).toEqual([direct, secret]);
      expect(await found({ channels: [] })).toEqual([direct]);
      const outside = await said('kettle', { channel: 'dm' }, { by: 'eve' });
      expect(await found({ workspace: '', channels: [] })).toEqual([outside]);
    });

    it('finds threads as they are named, and names those with transcripts', async () => {
      const inThread = (thread: string, channel = 'open'): Promise<string> =>
        said('kettle', { workspace: 'w', channel, thread });
      const [one, two] = [await inThread('t1'), await inThread('t2')];
      await inThread('t3', 'closed');
      const around = await said('kettle', { workspace: 'w', channel: 'open' });
      expect(await found()).toEqual([around, two, one]);
      expect(await found({ threads: ['t1', 't3'] })).toEqual([around, one]);
      expect(await found({ threads: [] })).toEqual([around]);
      const reach = { platform: 'discord', workspace: 'w', user: 'eve', channels: ['open'] };
      expect(await archive.threadsWithin(reach, 9)).toEqual(['t2', 't1']);
      expect(await archive.threadsWithin(reach, 1)).toEqual(['t2']);
      expect(await archive.threadsWithin({ ...reach, channels: [] }, 9)).toEqual([]);
    });

    it('finds nobody who has opted out since, but for themselves', async () => {
      const shy = await said('kettle', { workspace: 'w', channel: 'open' }, { by: 'shy', for: 'ann' });
      const other = await said('kettle', { workspace: 'w', channel: 'open' });
      const scope = { platform: 'discord', kind: 'user' as const, id: 'shy' };
      await storage.preferences.set(scope, { optedOut: true, allowRequests: true });
      expect(await found()).toEqual([other]);
      expect(await found({ user: 'shy' })).toEqual([other, shy]);
      await storage.preferences.set(scope, { optedOut: false });
      expect(await found()).toEqual([other, shy]);
    });

    it('finds what an answer shows: nothing erased, undelivered or heard anew since', async () => {
      const place = { workspace: 'w', channel: 'open', message: 'm' };
      await said('an old kettle', place);
      const second = await said('kettle, the other file', place, { position: 1 });
      const anew = await said('a new kettle', place);
      expect(await found()).toEqual([anew, second]);
      expect(await found({}, { text: 'old' })).toEqual([]);
      await storage.jobs.erase(second);
      expect(await found()).toEqual([anew]);
      const { job } = await storage.jobs.add(
        newJob({ replyTo: { platform: 'discord', ...place, message: 'n' } }),
      );
      const until = new Date(Date.now() + 60_000);
      await storage.jobs.claim(job.id, { owner: 'o', until }, new Date());
      await storage.jobs.finish(job.id, 'o', spoken('kettle'), new Date());
      expect(await found()).toEqual([anew]);
    });
  });
}
