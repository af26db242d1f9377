import { PreferenceScope } from '../../../src/core/preference-store';
import { chatMessage, newJob } from '../../support/new-job';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

/** Preferences, the hashes of tokens, and the term. */
export function describeSmallStores(under: StorageUnderTest): void {
  describe('preferences and tokens', () => {
    let storage: TestStorage;
    beforeEach(async () => void (storage = await under.open()));
    afterEach(() => storage.close());
    const ann: PreferenceScope = { platform: 'discord', kind: 'user', id: '1' };

    it('are empty at first', async () => {
      expect(await storage.preferences.get(ann)).toEqual({});
      expect(await storage.preferences.set(ann, {})).toEqual({});
    });

    it('change by what is named, and go back to the default by undefined', async () => {
      const { preferences } = storage;
      const features = { summaries: false };
      expect(await preferences.set(ann, { language: 'de', optedOut: true, features })).toEqual({
        language: 'de',
        optedOut: true,
        features,
      });
      await preferences.set(ann, { allowRequests: false });
      expect(await preferences.set(ann, { language: undefined, optedOut: false })).toEqual({
        optedOut: false,
        allowRequests: false,
        features,
      });
      expect(await preferences.set(ann, { features: undefined, whoMayAsk: 'author' })).toEqual({
        optedOut: false,
        allowRequests: false,
        whoMayAsk: 'author',
      });
    });

    it('belong to one scope', async () => {
      const { preferences } = storage;
      await preferences.set({ ...ann, kind: 'channel' }, { automatic: true });
      await preferences.set({ ...ann, platform: 'slack' }, { eraseWithMessage: false });
      expect(await preferences.get(ann)).toEqual({});
      expect(await preferences.get({ ...ann, kind: 'channel' })).toEqual({ automatic: true });
      await preferences.erase({ ...ann, kind: 'channel' });
      expect(await preferences.get({ ...ann, kind: 'channel' })).toEqual({});
      expect(await preferences.get({ ...ann, platform: 'slack' })).toEqual({ eraseWithMessage: false });
    });

    it('remember the language of a user, as long as they agree and what it was heard in is there', async () => {
      const { preferences, jobs } = storage;
      const { job } = await jobs.add(newJob());
      const heard = { heardLanguage: 'de', heardNotes: -1 };
      await preferences.rememberHeard(ann, { language: 'en', notes: 1 }, job.id);
      await preferences.set(ann, { automatic: false });
      await preferences.rememberHeard(ann, { language: 'de', notes: -1 }, job.id);
      expect(await preferences.get(ann)).toEqual({ automatic: false, ...heard });
      await preferences.forgetHeard(ann);
      expect(await preferences.get(ann)).toEqual({ automatic: false });
      await preferences.forgetHeard({ ...ann, id: '2' });

      await preferences.set(ann, { optedOut: true });
      await preferences.rememberHeard(ann, { language: 'de', notes: 1 }, job.id);
      expect(await preferences.get(ann)).toEqual({ automatic: false, optedOut: true });
      await jobs.erase(job.id);
      await preferences.rememberHeard({ ...ann, id: '2' }, { language: 'de', notes: 1 }, job.id);
      expect(await preferences.get({ ...ann, id: '2' })).toEqual({});
    });

    it('forget the language of a user with the last of what they said', async () => {
      const { preferences, jobs } = storage;
      const noteOf = async (id: string) =>
        (await jobs.add(newJob({ user: id, replyTo: chatMessage('voices') }))).job.id;
      const [first, last, other] = [await noteOf('3'), await noteOf('3'), await noteOf('4')];
      const [cem, dora] = [
        { ...ann, id: '3' },
        { ...ann, id: '4' },
      ];
      for (const user of [cem, dora])
        await preferences.rememberHeard(user, { language: 'de', notes: 2 }, other);
      await preferences.set(dora, { automatic: false });
      await jobs.erase(first);
      expect(await preferences.get(cem)).toMatchObject({ heardLanguage: 'de' });
      await jobs.erase(last);
      expect(await preferences.get(cem)).toEqual({});
      expect(await preferences.get(dora)).toMatchObject({ heardLanguage: 'de' });
      await jobs.erase(other);
      expect(await preferences.get(dora)).toEqual({ automatic: false });
    });

    it('are listed for places, and for nobody', async () => {
      const { preferences } = storage;
      await preferences.set(ann, { language: 'de' });
      await preferences.set({ ...ann, kind: 'channel', id: '7' }, { automatic: true });
      await preferences.set({ ...ann, kind: 'channel', id: '8' }, { automatic: undefined });
      await preferences.set({ ...ann, kind: 'server', id: '9' }, { eraseWithMessage: false });
      expect(await preferences.places(9)).toEqual([
        { scope: { ...ann, kind: 'server', id: '9' }, preferences: { eraseWithMessage: false } },
        { scope: { ...ann, kind: 'channel', id: '7' }, preferences: { automatic: true } },
      ]);
    });

    it('lose no change when several are made at the same moment', async () => {
      const other = await under.openAgain(storage);
      await Promise.all([
        storage.preferences.set(ann, { language: 'de' }),
        other.preferences.set(ann, { optedOut: true }),
        storage.preferences.set(ann, { allowRequests: true }),
        other.preferences.set(ann, { whoMayAsk: 'nobody' }),
      ]);
      expect(await storage.preferences.get(ann)).toEqual({
        language: 'de',
        optedOut: true,
        allowRequests: true,
        whoMayAsk: 'nobody',
      });
      await other.close();
    });

    it('keep the first hash of a token, whoever comes at the same moment', async () => {
      const other = await under.openAgain(storage);
      expect(await storage.tokens.find('admin')).toBeUndefined();
      const saved = await Promise.all([
        storage.tokens.save('admin', 'one'),
        other.tokens.save('admin', 'two'),
      ]);
      expect(saved.filter(Boolean)).toHaveLength(1);
      expect(await other.tokens.find('admin')).toBe(saved[0] ? 'one' : 'two');
      expect(await storage.tokens.find('viewer')).toBeUndefined();
      await storage.tokens.remove('admin');
      await storage.tokens.remove('admin');
      expect(await other.tokens.find('admin')).toBeUndefined();
      expect(await other.tokens.save('admin', 'three')).toBe(true);
      await other.close();
    });

    it('know one latest term, whoever begins at the same moment', async () => {
      const other = await under.openAgain(storage);
      const { terms } = storage;
      const [now, later] = [new Date(Date.UTC(2026, 1, 3)), new Date(Date.UTC(2026, 1, 4))];
      expect(await terms.latest()).toBeUndefined();
      expect(await terms.isLatest(1)).toBe(false);
      const begun = await Promise.all([terms.begin(1, 'one', now), other.terms.begin(1, 'two', now)]);
      expect(begun.filter(Boolean)).toHaveLength(1);
      expect(await terms.latest()).toEqual({
        number: 1,
        holder: begun[0] ? 'one' : 'two',
        since: now,
        seenAt: now,
        over: false,
      });
      expect([await terms.begin(1, 'late', now), await other.terms.begin(7, 'seven', later)]).toEqual([
        false,
        true,
      ]);
      expect([await terms.begin(6, 'six', now), await terms.isLatest(1), await terms.isLatest(7)]).toEqual([
        false,
        false,
        true,
      ]);
      expect([await terms.seen(1, later), await terms.seen(7, later)]).toEqual([false, true]);
      await terms.end(1, later);
      expect((await terms.latest())?.over).toBe(false);
      await terms.end(7, later);
      expect(await other.terms.latest()).toMatchObject({ number: 7, over: true });
      await other.close();
    });

    it('forget sessions when they are over', async () => {
      const { sessions } = storage;
      const now = new Date('2025-01-31T12:00:00Z');
      const at = (ms: number): Date => new Date(now.getTime() + ms);
      await sessions.add({ id: 'a', sealed: 'x', expiresAt: at(1000) }, now);
      await sessions.add({ id: 'b', sealed: 'y', expiresAt: at(5000) }, now);
      expect(await sessions.find('a', at(999))).toMatchObject({ id: 'a', sealed: 'x', expiresAt: at(1000) });
      expect(await sessions.find('a', at(1000))).toBeUndefined();
      await sessions.add({ id: 'c', sealed: 'z', expiresAt: at(9000) }, at(2000));
      expect(await sessions.find('a', now)).toBeUndefined();
      await sessions.remove('b');
      await sessions.remove('b');
      expect(await sessions.find('b', now)).toBeUndefined();
      expect(await sessions.find('c', now)).toMatchObject({ id: 'c' });
    });
  });
}
