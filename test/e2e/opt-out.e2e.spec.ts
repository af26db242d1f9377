import { JobEvents } from '../../src/core/job-events';
import { JobStore } from '../../src/core/job-store';
import { TranscriptionJob } from '../../src/core/job';
import { DiscordScene } from '../support/discord-scene';

describe('an opt-out while notes wait', () => {
  let scene: DiscordScene;
  // Nobody reads: whatever comes in waits.
  beforeAll(async () => void (scene = await DiscordScene.open({ roles: ['bot'] })), 60_000);
  afterAll(() => scene?.close());

  const jobOf = async (message: { id: string }): Promise<TranscriptionJob> => {
    const deadline = AbortSignal.timeout(20_000);
    for (;;) {
      const found = (await scene.jobs()).find(({ replyTo }) => replyTo?.message === message.id);
      if (found) return found;
      deadline.throwIfAborted();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('takes back what stands there for them, and tells who asked', async () => {
    const { server } = scene;
    const [shy, curious] = [scene.member('Shy'), scene.member('Curious')];
    const channel = scene.channel();
    await scene.prefer('channel', channel, { automatic: true });
    const heard = scene.voice(channel, shy);
    const { id, answerId } = await jobOf(heard);
    const jobs = scene.home.app.get(JobStore, { strict: false });
    await jobs.claim(id, { owner: id, until: new Date(Date.now() + 600_000) }, new Date());
    const events = scene.home.app.get(JobEvents, { strict: false });
    events.publish({ type: 'status', jobId: id, answerId, status: 'running' });
    const listening = await server.waitForMessage(
      channel,
      ({ message_reference: to }) => to?.message_id === heard.id,
      { timeoutMs: 20_000 },
    );
    const quiet = scene.voice(scene.channel(), shy);
    const asked = server.useContextMenu({ name: 'Transcribe', message: quiet, user: curious });
    await jobOf(quiet);

    const said = server.useSlash({ channel: scene.channel(), user: shy, name: 'hark privacy' });
    scene.press(await scene.said(said, 'Your privacy'), 'opt-out', shy);
    await server.waitFor(() => listening.deletedAt, { what: 'the answer to go' });
    await scene.said(asked, 'asked not to be transcribed');
    expect((await scene.jobs()).map(({ status, error }) => [status, error?.code])).toEqual([
      ['failed', 'speaker_opted_out'],
    ]);
  }, 60_000);
});
