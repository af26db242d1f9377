import { pcmOf, soundOf } from '../../test/support/opus-packets';
import { SplitLiveAudio } from '../media/live/split-live-audio';
import { LiveEngineService } from './live-engine.service';
import { LiveListener } from './live-session';
import { LiveSessionsService } from './live-sessions.service';
import { RunningWork } from './running-work';

const A_LONG_TIME = 600_000;

/** A session with an engine that never comes to an end by itself. */
function scene(listener: Partial<LiveListener> = {}) {
  const transcriber = {
    outage: () => undefined,
    // eslint-disable-next-line require-yield
    async *transcribe(_: unknown, __: unknown, signal: AbortSignal) {
      await new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
      );
    },
  };
  const work = new RunningWork(undefined as never, undefined as never);
  const policy = {
    liveSessions: 1,
    slots: { transcription: 1 },
    feature: () => true,
    media: { maxSeconds: 60 },
  };
  const service = new LiveSessionsService(
    new SplitLiveAudio(),
    new LiveEngineService(transcriber as never, work),
    policy as never,
    { tell: () => undefined } as never,
  );
  const session = service.begin('api');
  const speaker = session.speaker(
    { encoding: 'pcm_s16le', options: { language: 'auto', translate: false } },
    { final: () => undefined, lost: () => undefined, ...listener },
  );
  speaker.hear(pcmOf(soundOf('01-en.ogg')));
  return { session, speaker, service };
}

describe('a live session that ends', () => {
  it('ends earlier when somebody is in more of a hurry', async () => {
    const { session, service } = scene();
    const ended = session.end(A_LONG_TIME);
    void session.end(1);
    await ended;
    // There is room for another one.
    await service.begin('api').end(0);
  });

  it('does not end later than was said first', async () => {
    const { session } = scene();
    const ended = session.end(1);
    void session.end(A_LONG_TIME);
    await ended;
  });

  it('tells what was not read at the deadline', async () => {
    const lost: [start: number, end: number, code: string][] = [];
    const { session, speaker } = scene({ lost: ({ start, end }, { code }) => lost.push([start, end, code]) });
    await session.end(1);
    expect(lost).toEqual([[0, expect.closeTo(speaker.seconds, 0), 'engine_timeout']]);
  });

  it('tells nothing of somebody who does not want to be heard any more', async () => {
    const lost: number[] = [];
    const { session, speaker } = scene({ lost: ({ start }) => lost.push(start) });
    const ended = session.end(50);
    speaker.cancel();
    await ended;
    expect(lost).toEqual([]);
  });
});
