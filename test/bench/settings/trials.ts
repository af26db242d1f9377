import { physicalCores } from '../../../src/settings/physical-cores';
import {
  DECODING,
  DETECTION_CONTEXT,
  FULL_CONTEXT,
} from '../../../src/transcribers/whisper-cpp/engine/engine-client';
import { audioContextFor } from '../../../src/transcribers/whisper-cpp/listening/audio-context';
import { Precision } from '../models';
import { SpokenNote } from '../words/spoken-notes';
import { EngineSetting } from './trial-engine';

/** One way to ask an engine about a note. */
export interface Way {
  engine: Omit<EngineSetting, 'model'> & { precision: Precision };
  /** `auto`, or that the right one is told. */
  language: 'auto' | 'told';
  /** Positions within which the language is found out, of so many that are looked at. */
  detectionContext(audioContext: number): number;
  audioContext(samples: Int16Array): number;
  /** Of the decoder. */
  fields: Readonly<Record<string, string>>;
  /** Another program computes on one core all the time. */
  busy?: boolean;
}

/** What a setting is without hark's choice, and with it. */
export interface Trial {
  setting: string;
  before: string;
  after: string;
  ways: { before: Way; after: Way };
  /** Only for drafts: hark's transcripts have times. */
  draftOnly?: boolean;
}

/** As hark asks it when it is not in doubt, told a language. */
const HARK: Way = {
  engine: { threads: physicalCores(), flashAttention: false, waitPolicy: 'passive', precision: 'q8_0' },
  language: 'told',
  detectionContext: (audioContext) => Math.min(audioContext, DETECTION_CONTEXT),
  audioContext: audioContextFor,
  fields: DECODING,
};
const BEAMS = { beam_size: '5', best_of: '5' };
const DETECTING: Way = { ...HARK, language: 'auto' };

export const TRIALS: readonly Trial[] = [
  without('audio_ctx', '1500', 'by the length of the note', { audioContext: () => FULL_CONTEXT }),
  without('flash attention', 'on, in steps of 256', 'off', {
    engine: { ...HARK.engine, flashAttention: true },
    audioContext: (samples) => Math.min(FULL_CONTEXT, Math.ceil(audioContextFor(samples) / 256) * 256),
  }),
  without('search', '5 beams', 'greedy', { fields: { ...HARK.fields, ...BEAMS } }),
  without('fallback', 'up to 5 more temperatures, best of 5', '1 more, best of 1', {
    fields: { ...HARK.fields, temperature_inc: '0.2', best_of: '5' },
  }),
  without('threads', '1', String(HARK.engine.threads), { engine: { ...HARK.engine, threads: 1 } }),
  without('OMP_WAIT_POLICY', 'active', 'passive', { engine: { ...HARK.engine, waitPolicy: 'active' } }),
  {
    ...without('OMP_WAIT_POLICY, one core busy', 'active', 'passive', {}),
    ways: {
      before: { ...HARK, busy: true, engine: { ...HARK.engine, waitPolicy: 'active' } },
      after: { ...HARK, busy: true },
    },
  },
  without('quantisation', 'f16', 'q8_0', { engine: { ...HARK.engine, precision: 'f16' } }),
  {
    ...without('detection context', String(FULL_CONTEXT), String(DETECTION_CONTEXT), {}),
    ways: { before: { ...DETECTING, detectionContext: () => FULL_CONTEXT }, after: DETECTING },
  },
  without('language', 'detected', 'known', { language: 'auto' }),
  {
    ...without('no_timestamps', 'off', 'on', {}),
    draftOnly: true,
    ways: { before: HARK, after: { ...HARK, fields: { ...HARK.fields, no_timestamps: 'true' } } },
  },
];

/** The language a note is in, or that it has to be found out. */
export function toldLanguage({ language }: Way, note: SpokenNote): string {
  return language === 'auto' ? 'auto' : note.language;
}

function without(setting: string, before: string, after: string, change: Partial<Way>): Trial {
  return { setting, before, after, ways: { before: { ...HARK, ...change }, after: HARK } };
}
