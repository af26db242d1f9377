import { HarkProcess } from '../support/hark-process';
import { longRecording } from '../support/long-recording';

describe('a crash', () => {
  it('costs no note: killed in the middle of a job, hark finishes it after a restart, once', async () => {
    await using hark = await HarkProcess.start();
    const recording = await longRecording(40);
    const undisturbed = await hark.read(recording.path);
    const { id } = await hark.submit(recording.path);
    for await (const { event } of hark.events(id)) if (event === 'segment') break;

    await hark.end('SIGKILL');
    await hark.start();

    const job = await hark.ended(id);
    await recording.remove();
    expect(job).toMatchObject({ status: 'done', outcome: 'speech', attempts: 2, text: undisturbed.text });
    const { jobs } = (await (await hark.call('/api/v1/jobs')).json()) as { jobs: unknown[] };
    expect(jobs).toHaveLength(2);
  }, 60_000);
});
