import { HarkError } from '../../../core/errors';
import { LiveAllowance } from '../../../core/live-allowance.service';
import { Informed } from '../../../core/live-options.service';
import { FinalWords } from '../../../core/live-session';
import { LiveSession } from '../../../core/live-sessions.service';
import { LiveSpeaker } from '../../../core/live-speaker';
import { Person, ReplyAddress, TranscriptionOptions } from '../../../core/voice-note';
import { RoomWriter } from './room-writer';
import { VoicePeopleService } from './voice-people.service';
import { VoiceCall, VoiceEars } from './voice-receiver';

/** Seconds of one person's speech that wait for the engine; what comes beyond it is lost. */
const MOST_WAITING = 60;

/** Why hark listens no more. */
export type RoomEnd = 'stopped' | 'empty' | 'moved' | 'lost' | 'gone' | 'shutdown' | 'long' | HarkError;

export interface RoomFacts {
  asked: Partial<TranscriptionOptions>;
  place: ReplyAddress;
  informed: Informed;
  /** Of somebody in the server, as it calls them. */
  nameOf(person: string): Promise<string>;
  onEnd(why: RoomEnd): void;
}

interface Listened {
  speaker: LiveSpeaker;
  person: Person;
}

/** One voice channel that is listened to: who speaks in it, and who does not want to be heard. */
export class ListeningRoom implements VoiceEars {
  /** Some words were lost, because the engine could not follow. */
  behind = false;
  private begun = performance.now();
  private readonly listened = new Map<string, Listened>();
  private readonly unheard = new Set<string>();
  private readonly looking = new Set<string>();
  private readonly writing = new Set<Promise<void>>();
  private call?: VoiceCall;
  private over = false;
  private counted = 0;

  constructor(
    private readonly session: LiveSession,
    private readonly allowance: LiveAllowance,
    private readonly people: VoicePeopleService,
    private readonly writer: RoomWriter,
    private readonly facts: RoomFacts,
  ) {}

  /** From now on people are heard: all of them were told. */
  begin(call: VoiceCall): void {
    if (this.over) return call.leave();
    this.call = call;
    this.begun = performance.now();
  }

  /** Finds out what somebody in the channel has chosen, before they speak. */
  async meet(person: string): Promise<void> {
    if (this.over || this.looking.has(person) || this.listened.has(person)) return;
    this.looking.add(person);
    try {
      const { asked, place, informed } = this.facts;
      const { agrees, options } = await this.people.look(person, place, asked);
      const name = await this.facts.nameOf(person);
      if (agrees && !this.over) this.listen({ id: person, name }, informed(options));
    } finally {
      this.looking.delete(person);
    }
  }

  admits(person: string): boolean {
    if (!this.call || this.over || this.unheard.has(person)) return false;
    // Whoever was not met was not told yet, or does not want it.
    const listened = this.listened.get(person);
    listened?.speaker.rest(this.seconds);
    return listened !== undefined;
  }

  hear(person: string, packet: Buffer): void {
    const speaker = this.listened.get(person)?.speaker;
    if (!speaker || this.over || this.unheard.has(person)) return;
    if (speaker.waiting > MOST_WAITING) this.behind = true;
    else {
      try {
        speaker.hear(packet);
      } catch {
        // Two seconds of nothing but broken packets: it may be better when they speak again.
        this.call?.ignore(person);
      }
    }
  }

  rest(person: string): void {
    this.listened.get(person)?.speaker.rest();
  }

  lost(): void {
    this.facts.onEnd('lost');
  }

  /** They are not heard any more, and what they have said is taken out. */
  ignore(person: string): void {
    this.unheard.add(person);
    this.call?.ignore(person);
    this.listened.get(person)?.speaker.cancel();
    this.listened.delete(person);
    this.writer.forget(person);
  }

  /** They may be heard again. */
  async admitAgain(person: string): Promise<void> {
    this.unheard.delete(person);
    await this.meet(person);
  }

  isIgnored(person: string): boolean {
    return this.unheard.has(person);
  }

  /** Whether it may go on. @throws HarkError when whoever has asked has no minutes left */
  async check(): Promise<boolean> {
    // A database that is away for a moment is no reason to take out what everybody has said.
    await this.dropUnwilling(this.listened.keys(), true);
    const { spoken } = this.session.facts;
    if (spoken > this.counted) await this.allowance.took((this.counted = spoken));
    return this.seconds < this.session.maxSeconds;
  }

  /** Leaves the channel; what was said is read to its end and written down. */
  async end(deadlineMs: number): Promise<void> {
    this.over = true;
    this.call?.leave();
    await this.session.end(deadlineMs);
    await Promise.all(this.writing);
    // Nobody's words go into the file who has opted out meanwhile.
    await this.dropUnwilling(
      this.writer.lines.map(({ speaker }) => speaker.id),
      false,
    );
    await this.allowance.took(this.session.facts.spoken).catch(() => undefined);
    await this.writer.finish();
  }

  private get seconds(): number {
    return (performance.now() - this.begun) / 1000;
  }

  private listen(person: Person, options: TranscriptionOptions): void {
    const speaker = this.session.speaker(
      { encoding: 'opus', options },
      {
        final: (words) => this.keep(this.write(person, words)),
        lost: () => (this.behind = true),
      },
    );
    this.listened.set(person.id, { speaker, person });
  }

  /** Whoever does not agree any more is not heard any more. @param unknown what is taken for the answer of the others */
  private async dropUnwilling(people: Iterable<string>, unknown: boolean): Promise<void> {
    const drop = async (person: string): Promise<void> => {
      const agrees = await this.people.agrees(person).catch(() => {
        if (!unknown) this.behind = true;
        return unknown;
      });
      if (!agrees) this.ignore(person);
    };
    await Promise.all([...new Set(people)].map(drop));
  }

  /** The last words are still looked at when the session is over. */
  private keep(work: Promise<void>): void {
    const kept = work
      .catch(() => {
        // Nobody knows whether they agree.
        this.behind = true;
      })
      .finally(() => this.writing.delete(kept));
    this.writing.add(kept);
  }

  /** They may have changed their mind a moment ago, here or in `/hark privacy`. */
  private async write({ id, name = id }: Person, { start, end, text, segments }: FinalWords): Promise<void> {
    if (text === '') return;
    const agrees = await this.people.agrees(id);
    if (!agrees) return this.ignore(id);
    if (!this.unheard.has(id)) this.writer.add({ speaker: { id, name }, start, end, text, segments });
  }
}
