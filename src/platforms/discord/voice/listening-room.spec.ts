import { opusPackets, soundOf } from '../../../../test/support/opus-packets';
import { ScriptedTranscriber } from '../../../../test/support/scripted-transcriber';
import { LiveEngineService } from '../../../core/live-engine.service';
import { LiveSessionsService } from '../../../core/live-sessions.service';
import { RunningWork } from '../../../core/running-work';
import { SplitLiveAudio } from '../../../media/live/split-live-audio';
import { ListeningRoom } from './listening-room';
import { RoomWriter } from './room-writer';
import { VoicePeopleService } from './voice-people.service';

const words = opusPackets(soundOf('01-en.ogg'));

/** A room in which Anna and Ben are, who change their minds. */
async function scene() {
  const optedOut = new Set<string>();
  const unknown = new Set<string>();
  const preferences = {
    get: ({ id }: { id: string }) =>
      unknown.has(id)
        ? Promise.reject(new Error('The database is away'))
        : Promise.resolve({ optedOut: optedOut.has(id) }),
  };
  const options = { of: () => Promise.resolve({ language: 'auto', translate: false }) };
  const people = new VoicePeopleService(preferences as never, options as never);
  const engine = new LiveEngineService(
    new ScriptedTranscriber('engine'),
    new RunningWork(undefined as never, undefined as never),
  );
  const policy = {
    liveSessions: 1,
    slots: { transcription: 1 },
    feature: () => true,
    media: { maxSeconds: 60 },
  };
  const telemetry = { tell: () => undefined };
  const sessions = new LiveSessionsService(new SplitLiveAudio(), engine, policy as never, telemetry as never);
  const page = {
    post: () => Promise.resolve('1'),
    edit: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
  const writer = new RoomWriter(page, 1, () => undefined);
  const facts = {
    asked: {},
    place: { platform: 'discord', channel: '1' } as never,
    informed: (told: object) => told as never,
    nameOf: (id: string) => Promise.resolve(id),
    onEnd: () => undefined,
  };
  const allowance = { took: () => Promise.resolve() };
  const room = new ListeningRoom(sessions.begin('discord'), allowance, people, writer, facts);
  for (const person of ['anna', 'ben']) await room.meet(person);
  const ignored: string[] = [];
  let inside = true;
  const call = { ignore: (id: string) => void ignored.push(id), leave: () => void (inside = false) };
  const say = (person: string): void => {
    for (const packet of words) room.hear(person, packet);
    room.rest(person);
  };
  const speakers = (): string[] => writer.lines.map(({ speaker }) => speaker.id).sort();
  /** Resolves when both have been written down. */
  const bothWritten = async (): Promise<void> => {
    while (speakers().length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const isInside = (): boolean => inside;
  return { room, call, say, optedOut, unknown, ignored, speakers, bothWritten, isInside };
}

describe('a voice channel that is listened to', () => {
  it('keeps the words of those who have opted out meanwhile out of its file', async () => {
    const { room, call, say, optedOut, speakers, bothWritten } = await scene();
    room.begin(call);
    say('anna');
    say('ben');
    await bothWritten();
    optedOut.add('ben');
    await room.end(10_000);
    expect(speakers()).toEqual(['anna']);
    expect(room.behind).toBe(false);
  });

  it('keeps out whoever cannot be looked up at the end, and says that words are missing', async () => {
    const { room, call, say, unknown, speakers, bothWritten } = await scene();
    room.begin(call);
    say('anna');
    say('ben');
    await bothWritten();
    unknown.add('ben');
    await room.end(10_000);
    expect(speakers()).toEqual(['anna']);
    expect(room.behind).toBe(true);
  });

  it('stops to hear those who opt out while they are silent', async () => {
    const { room, call, optedOut, ignored } = await scene();
    room.begin(call);
    optedOut.add('ben');
    expect(room.admits('ben')).toBe(true);
    await room.check();
    expect(ignored).toEqual(['ben']);
    expect([room.admits('anna'), room.admits('ben')]).toEqual([true, false]);
    await room.end(0);
  });

  it('is left at once when it is over before it was entered', async () => {
    const { room, call, isInside } = await scene();
    await room.end(0);
    room.begin(call);
    expect(isInside()).toBe(false);
  });
});
