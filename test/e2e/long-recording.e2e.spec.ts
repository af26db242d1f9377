import { readFile } from 'node:fs/promises';
import { HarkProcess } from '../support/hark-process';
import { longRecording } from '../support/long-recording';

const MiB_ALLOWED = 64;

describe('a recording of half an hour', () => {
  it('gives its text piece by piece within flat memory, and stops when it is told to', async () => {
    await using hark = await HarkProcess.start();
    // However it was started, it has begun as suits a process that runs for long.
    expect(await readFile(`/proc/${hark.pid}/environ`, 'latin1')).toContain('MALLOC_ARENA_MAX=1');
    const recording = await longRecording(1800);
    // Whatever the first note brings into memory belongs to an idle hark.
    await hark.read(recording.first);
    const idle = await hark.residentMemory();
    const { id } = await hark.submit(recording.path);

    let segments = 0;
    const progress: number[] = [];
    let largest = 0;
    for await (const { event, data } of hark.events(id)) {
      if (event === 'segment') segments += 1;
      if (event === 'progress') progress.push((JSON.parse(data) as { progress: number }).progress);
      largest = Math.max(largest, await hark.residentMemory());
      if (progress.length === 12) break;
    }
    expect(segments).toBeGreaterThanOrEqual(12);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBeGreaterThan(progress[0] ?? 1);
    expect(largest - idle).toBeLessThan(MiB_ALLOWED);

    const cancelled = await hark.call(`/api/v1/jobs/${id}/cancel`, { method: 'POST' });
    expect(await cancelled.json()).toMatchObject({ id, status: 'cancelled' });
    // The engine is free at once: the next note does not wait for the rest of the half hour.
    expect(await hark.read(recording.first)).toMatchObject({ status: 'done' });
    await recording.remove();
  }, 120_000);
});
