import { AuditEntry, AuditQuery } from '../../../src/core/audit-log';
import { TestStorage } from '../../support/storage';
import { StorageUnderTest } from './storage-under-test';

/** Who did what. */
export function describeAuditLog(under: StorageUnderTest): void {
  describe('the audit log', () => {
    let storage: TestStorage;
    beforeEach(async () => void (storage = await under.open()));
    afterEach(() => storage.close());

    const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 12, minute));
    const entry = (minute: number, more: Partial<AuditEntry> = {}): Omit<AuditEntry, 'id'> => ({
      at: at(minute),
      actor: 'api:admin',
      action: 'job.cancel',
      outcome: 'done',
      ...more,
    });
    const listed = async (query: Partial<AuditQuery> = {}): Promise<number[]> => {
      const { entries } = await storage.audit.list({ limit: 50, ...query });
      return entries.map((each) => each.at.getUTCMinutes());
    };

    it('gives back what was written, newest first, and nothing that was not', async () => {
      const whole = entry(1, {
        role: 'viewer',
        address: '2001:db8::7',
        target: 'job-1',
        detail: 'GET /x',
        outcome: 'refused',
        code: 'forbidden',
        unrecorded: 7,
      });
      await storage.audit.add(whole);
      await storage.audit.add(entry(2));
      const { entries, nextCursor } = await storage.audit.list({ limit: 2 });
      expect(entries).toEqual([
        { id: expect.any(String), ...entry(2) },
        { id: expect.any(String), ...whole },
      ]);
      expect(nextCursor).toBeUndefined();
    });

    it('finds by time, actor, action and target', async () => {
      await storage.audit.add(entry(1, { actor: 'discord:7', action: 'place.change', target: 'a' }));
      await storage.audit.add(entry(2, { action: 'job.erase', target: 'b' }));
      await storage.audit.add(entry(3, { action: 'job.erase', target: 'a' }));
      expect(await listed({ actor: 'api:admin' })).toEqual([3, 2]);
      expect(await listed({ action: 'place.change' })).toEqual([1]);
      expect(await listed({ target: 'a' })).toEqual([3, 1]);
      expect(await listed({ target: 'a', action: 'job.erase' })).toEqual([3]);
      expect(await listed({ since: at(2), until: at(2) })).toEqual([2]);
      expect(await listed({ actor: "' or 1=1 --" })).toEqual([]);
    });

    it('goes on page by page, also among entries of the same moment and while more are written', async () => {
      for (let index = 0; index < 7; index++) await storage.audit.add(entry(5, { target: `${index}` }));
      const targets: (string | undefined)[] = [];
      let cursor: string | undefined;
      do {
        const page = await storage.audit.list({ limit: 3, cursor });
        targets.push(...page.entries.map(({ target }) => target));
        cursor = page.nextCursor;
        await storage.audit.add(entry(6, { target: 'later' }));
      } while (cursor !== undefined);
      expect(targets).toEqual(['6', '5', '4', '3', '2', '1', '0']);
      await expect(storage.audit.list({ limit: 3, cursor: 'made up' })).rejects.toMatchObject({
        code: 'field_invalid',
      });
    });

    it('erases what is older, and only that', async () => {
      for (const minute of [1, 2, 3]) await storage.audit.add(entry(minute));
      expect(await storage.audit.eraseBefore(at(3))).toBe(2);
      expect(await storage.audit.eraseBefore(at(3))).toBe(0);
      expect(await listed()).toEqual([3]);
    });
  });
}
