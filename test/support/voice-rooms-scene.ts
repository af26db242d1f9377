import { LiveEngineService } from '../../src/core/live-engine.service';
import { LiveSessionsService } from '../../src/core/live-sessions.service';
import { RunningWork } from '../../src/core/running-work';
import { I18nextPhrasebook } from '../../src/locales/i18next.phrasebook';
import { SplitLiveAudio } from '../../src/media/live/split-live-audio';
import { DiscordTimings } from '../../src/platforms/discord/discord-timings';
import { VoicePeopleService } from '../../src/platforms/discord/voice/voice-people.service';
import { VoiceEars } from '../../src/platforms/discord/voice/voice-receiver';
import { VoiceRoomsService } from '../../src/platforms/discord/voice/voice-rooms.service';
import { VoiceScribe } from '../../src/platforms/discord/voice/voice-scribe.service';
import { opusPackets, soundOf } from './opus-packets';
import { ScriptedTranscriber } from './scripted-transcriber';

const words = opusPackets(soundOf('01-en.ogg'));

/** Voice channels without Discord: what was posted, and a call in which recorded people speak. */
export function roomsScene({ people: present = ['anna'] } = {}) {
  const transcriber = new HaltingTranscriber('engine');
  const work = new RunningWork(undefined as never, undefined as never);
  const policy = {
    liveSessions: 1,
    slots: { transcription: 1 },
    feature: () => true,
    media: { maxSeconds: 60 },
  };
  const sessions = new LiveSessionsService(
    new SplitLiveAudio(),
    new LiveEngineService(transcriber, work),
    policy as never,
    { tell: () => undefined } as never,
  );
  const preferences = { get: () => Promise.resolve({}) };
  const options = {
    of: () => Promise.resolve({ language: 'auto', translate: false }),
    informed: () => Promise.resolve((told: object) => told),
  };
  const people = new VoicePeopleService(preferences as never, options as never);
  const call = {
    inside: false,
    ears: undefined as VoiceEars | undefined,
    beforeJoined: (): void => undefined,
  };
  const receiver = {
    join: (_: unknown, ears: VoiceEars) => {
      Object.assign(call, { inside: true, ears });
      call.beforeJoined();
      return Promise.resolve({ ignore: () => undefined, leave: () => void (call.inside = false) });
    },
  };
  const files: string[] = [];
  const announced: { content: string; people: readonly string[] }[] = [];
  const first = Promise.withResolvers<void>();
  const page = {
    post: () => Promise.resolve('1').finally(first.resolve),
    edit: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
  const posts = {
    page: () => page,
    file: (_: string, content: string) => Promise.resolve(void files.push(content)),
    announce: (_: string, content: string, told: readonly string[]) =>
      Promise.resolve(void announced.push({ content, people: told })),
  };
  const timings = new DiscordTimings({ voiceLinesMs: 1 });
  const scribe = new VoiceScribe(receiver, posts as never, new I18nextPhrasebook(), timings);
  const allowances = { begin: () => Promise.resolve({ took: () => Promise.resolve() }) };
  const rooms = new VoiceRoomsService(sessions, allowances as never, people, scribe, timings);
  const states = new Map(present.map((id) => [id, { id, channelId: 'lounge' }]));
  const members = { cache: new Map(present.map((id) => [id, { displayName: id }])) };
  const guild = { id: 'guild', preferredLocale: 'en', voiceStates: { cache: states }, members };
  const channel = { id: 'lounge', name: 'Lounge', guild, client: { user: { id: 'hark' } } };
  const wish = { asker: { id: 'anna' }, channel: channel as never, from: 'text', thread: false, asked: {} };
  const say = (person: string): void => {
    for (const packet of words) call.ears?.hear(person, packet);
    call.ears?.rest(person);
  };
  /** From now on the engine never comes to an end. */
  const slow = (): void => void (transcriber.halted = true);
  const written = (): Promise<void> => first.promise;
  return { rooms, people, sessions, wish, call, states, files, announced, say, slow, written };
}

class HaltingTranscriber extends ScriptedTranscriber {
  halted = false;

  override async *transcribe(...given: Parameters<ScriptedTranscriber['transcribe']>) {
    const [, , signal] = given;
    if (this.halted) {
      const aborted = Promise.withResolvers<never>();
      signal.addEventListener('abort', () => aborted.reject(signal.reason as Error), { once: true });
      await aborted.promise;
    }
    yield* super.transcribe(...given);
  }
}
