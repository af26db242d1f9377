import { Logger } from '@nestjs/common';
import { roomsScene as scene } from '../../../../test/support/voice-rooms-scene';
import { ListenConsentHandler } from './listen-consent.handler';
import { VoiceWatch } from './voice-watch.service';

beforeAll(() => void Logger.overrideLogger(false));

describe('a voice channel that hark has just left', () => {
  it('gets its file in time when hark is stopped meanwhile', async () => {
    const { rooms, wish, files, say, slow } = scene();
    slow();
    const open = await rooms.open(wish);
    say('anna');
    const stopped = open.end('stopped');
    let farewell = (): Promise<void> => Promise.reject(new Error('Nothing is done before leaving'));
    const discord = { wire: () => undefined, beforeLeaving: (work: typeof farewell) => (farewell = work) };
    const settings = { discord: { voice: true } };
    new VoiceWatch(discord as never, rooms, undefined as never, settings as never).onModuleInit();
    const begun = performance.now();
    await farewell();
    expect(files).toEqual([expect.stringContaining('I have stopped listening.')]);
    // Three seconds for the last words, instead of thirty.
    expect(performance.now() - begun).toBeLessThan(20_000);
    await stopped;
    expect(rooms.unfinished).toEqual([]);
  });

  it('keeps the words of those out of its file who press the button then', async () => {
    const { rooms, people, wish, files, say, written, slow } = scene();
    const open = await rooms.open(wish);
    say('anna');
    await written();
    slow();
    say('anna');
    const stopped = open.end('stopped', { deadlineMs: 60_000 });
    const handler = new ListenConsentHandler(rooms, people, {
      say: (_: string, key: string) => key,
    } as never);
    const told: string[] = [];
    const press = { locale: 'en', user: { id: 'anna' }, guildId: 'guild' };
    const response = { tell: (words: string) => Promise.resolve(void told.push(words)) };
    await handler.handle(press as never, response as never);
    expect(told).toEqual(['listen.out']);
    void open.end('shutdown', { deadlineMs: 0 });
    await stopped;
    expect(files).toEqual([expect.stringContaining('Nothing was said')]);
  });
});

describe('a voice channel that is empty before hark listens', () => {
  const refused = { code: 'cancelled' };

  it('is left when the last one was seen leaving', async () => {
    const { rooms, wish, call, states, files } = scene();
    let ended: Promise<void> | undefined;
    call.beforeJoined = () => {
      states.clear();
      ended = rooms.of('guild')?.end('empty');
    };
    await expect(rooms.open(wish)).rejects.toMatchObject(refused);
    await ended;
    expect([call.inside, rooms.unfinished]).toEqual([false, []]);
    expect(files).toEqual([expect.stringContaining('Everybody has left')]);
  });

  it('is left when they were gone before anybody looked, and can be entered again', async () => {
    const { rooms, wish, call, states, files } = scene();
    const present = new Map(states);
    states.clear();
    await expect(rooms.open(wish)).rejects.toMatchObject(refused);
    expect([call.inside, rooms.unfinished]).toEqual([false, []]);
    expect(files).toEqual([expect.stringContaining('Everybody has left')]);
    for (const [id, state] of present) states.set(id, state);
    const open = await rooms.open(wish);
    expect(call.inside).toBe(true);
    await open.end('stopped', { deadlineMs: 0 });
  });
});

describe('a voice channel with many people', () => {
  it('has everybody notified before anybody is heard', async () => {
    const crowd = Array.from({ length: 120 }, (_, at) => `person ${at}`);
    const { rooms, wish, announced } = scene({ people: crowd });
    const open = await rooms.open(wish);
    expect(announced.map(({ people }) => people.length)).toEqual([50, 50, 20]);
    expect(announced.flatMap(({ people }) => people)).toEqual(crowd);
    for (const { content, people } of announced) {
      expect(people.every((id) => content.includes(`<@${id}>`))).toBe(true);
      expect(content).toContain('press the button');
      expect(content.length).toBeLessThanOrEqual(2_000);
    }
    await open.end('stopped', { deadlineMs: 0 });
  });
});
