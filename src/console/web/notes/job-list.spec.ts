import type { Job } from '../api/types';
import { append, JobList, NOTHING, progress, put, refresh, remove } from './job-list';

const job = (minute: number, more: Partial<Job> = {}): Job =>
  ({
    id: `id-${minute}`,
    createdAt: new Date(minute * 60_000).toISOString(),
    status: 'done',
    progress: 0,
    ...more,
  }) as Job;
const ids = ({ jobs }: JobList): string[] => jobs.map(({ id }) => id);
const page = (minutes: number[], nextCursor: string | null) => ({
  jobs: minutes.map((minute) => job(minute)),
  nextCursor,
});

describe('the list of jobs', () => {
  const list = append(append(NOTHING, page([9, 8, 7], 'c7')), page([7, 6, 5], 'c5'));

  it('goes on with the next page, and has nothing twice', () => {
    expect([ids(list), list.cursor]).toEqual([['id-9', 'id-8', 'id-7', 'id-6', 'id-5'], 'c5']);
  });

  it('takes the first page anew: what is missing from it is gone, what is older stays', () => {
    const anew = refresh(list, page([10, 9, 7], 'c7'));
    expect([ids(anew), anew.cursor]).toEqual([['id-10', 'id-9', 'id-7', 'id-6', 'id-5'], 'c5']);
    expect(refresh(list, page([9, 8], null))).toEqual({ jobs: [job(9), job(8)], cursor: null });
    expect(ids(refresh(list, page([4, 3], 'c3')))).toEqual(['id-4', 'id-3']);
    expect(ids(refresh(list, page([], null)))).toEqual([]);
  });

  it('puts what is new where it belongs, and leaves the others the same objects', () => {
    const longer = put(list, job(10), true, true);
    expect(ids(longer)).toEqual(['id-10', ...ids(list)]);
    expect(longer.jobs.slice(1).every((each, index) => each === list.jobs[index])).toBe(true);
    expect(put(list, job(11), false, true)).toBe(list);
    // It comes with its page.
    expect(put(list, job(4), true, true)).toBe(list);
    expect(ids(put({ ...list, cursor: null }, job(4), true, true)).at(-1)).toBe('id-4');
  });

  it('changes what is there, or lets it go where it fits no longer', () => {
    const changed = put(list, job(8, { status: 'failed' }), true, true);
    expect(changed.jobs[1]?.status).toBe('failed');
    expect(ids(put(list, job(8), false, false))).not.toContain('id-8');
    expect(progress(list, 'id-8', 0.5).jobs[1]?.progress).toBe(0.5);
    expect(progress(list, 'id-8', 0)).toBe(list);
    expect(progress(list, 'id-77', 1)).toBe(list);
    expect(ids(remove(list, 'id-9'))).not.toContain('id-9');
    expect(remove(list, 'id-99')).toBe(list);
  });
});
