import { Injectable } from '@nestjs/common';
import { LiveAudio, LiveEncoding, LiveTrack, Utterance } from '../../core/live-audio';
import { contentOf } from '../content/content-classifier';
import { level } from '../decoder/leveller';
import { fromInt16 } from '../decoder/pcm';
import { SAMPLE_RATE } from '../pool/protocol';
import { Rhythm, SpeechSplitter, Stretch } from '../speech-splitter';
import { OpusPackets } from './opus-packets';

/** Somebody waits for the words: a pause within a sentence is enough, and nobody speaks for longer without one. */
const TALK: Rhythm = { enough: 8, patience: 8, most: 15, longSilence: 0.7 };

/** Frames to 16-bit samples to utterances. */
@Injectable()
export class SplitLiveAudio extends LiveAudio {
  open(encoding: LiveEncoding): LiveTrack {
    if (encoding === 'pcm_s16le') return new SplitTrack((frame) => fromInt16(Buffer.from(frame)));
    const packets = new OpusPackets();
    return new SplitTrack(
      (packet) => packets.decode(packet),
      () => packets.close(),
    );
  }
}

class SplitTrack implements LiveTrack {
  private splitter?: SpeechSplitter;
  /** Where the present splitter began. */
  private from = 0;
  private taken = 0;
  private cut = 0;

  constructor(
    private readonly decode: (frame: Uint8Array) => Float32Array,
    private readonly free: () => void = () => undefined,
  ) {}

  get seconds(): number {
    return this.from + this.taken / SAMPLE_RATE;
  }

  take(frame: Uint8Array): Utterance[] {
    const samples = this.decode(frame);
    this.taken += samples.length;
    this.splitter ??= new SpeechSplitter(TALK);
    return [...this.splitter.push(samples)].map((stretch) => this.utterance(stretch));
  }

  open(): Utterance | undefined {
    const stretch = this.splitter?.open();
    return stretch && this.utterance(stretch);
  }

  rest(from = this.seconds): Utterance[] {
    const said = [...(this.splitter?.end() ?? [])].map((stretch) => this.utterance(stretch));
    this.from = Math.max(from, this.seconds);
    this.taken = 0;
    this.splitter = undefined;
    return said;
  }

  close(): void {
    this.splitter = undefined;
    this.free();
  }

  private utterance({ start, samples }: Omit<Stretch, 'last'>): Utterance {
    const begin = this.from + start;
    const index = this.cut++;
    return {
      start: begin,
      seconds: samples.length / SAMPLE_RATE,
      piece: async () => ({
        index,
        start: begin,
        content: await contentOf(samples),
        samples: level(samples),
        progress: 0,
      }),
    };
  }
}
