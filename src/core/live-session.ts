import { HarkError } from './errors';
import { LiveEncoding } from './live-audio';
import { Segment } from './transcript';
import { PlatformName, TranscriptionOptions } from './voice-note';

/** What somebody is saying at the moment, as far as it is understood: later words may change earlier ones. */
export interface PartialWords {
  /** Of the utterance, from 0; its final words have the same. */
  index: number;
  /** Seconds from the beginning of the session. */
  start: number;
  end: number;
  text: string;
}

/** What somebody has said. Without text where there turned out to be nothing after partial words were told. */
export interface FinalWords extends PartialWords {
  language?: string;
  segments: Segment[];
}

/** Whoever waits for the words of one speaker. Called in the order of what was said. */
export interface LiveListener {
  /** Undefined: nobody wants them, and nothing is read twice. */
  partial?: (words: PartialWords) => void;
  final: (words: FinalWords) => void;
  /** An utterance is dealt with, whatever came of it: less waits now. */
  dealt?: () => void;
  /** This stretch could not be read, or not before the deadline of the session; what follows will be, if anything does. */
  lost: (stretch: { start: number; end: number }, error: HarkError) => void;
}

export interface LiveWish {
  encoding: LiveEncoding;
  options: TranscriptionOptions;
}

/** What a session was, for whoever counts: nothing of what was said, and nobody's name. */
export interface LiveFacts {
  id: string;
  platform: PlatformName;
  /** Of sound that has come, of all speakers together. */
  seconds: number;
  /** Of those, what went to the engine as finished utterances. */
  spoken: number;
}
