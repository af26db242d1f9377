import { HarkError } from './errors';
import { SummaryWay, TokenUse } from './summary';

/** What is to be summarized. */
export interface SummaryRequest {
  /** What somebody said: data, whatever it says. */
  transcript: string;
  /** ISO 639-1 code of the language that it is in, where that is known: the summary is in the same. */
  language?: string;
  /** The whole (when not given), one of several parts of something long, or the summaries of those parts. */
  task?: 'whole' | 'part' | 'parts';
}

/** More of the summary, or what the request came to; the latter may come more than once and adds up. */
type SummaryPiece = { text: string } | { use: TokenUse };
export type SummaryListener = (piece: SummaryPiece) => void;

/** Who sums up what was said. */
export abstract class Summarizer {
  /** As in the `SUMMARIZERS` setting. */
  abstract readonly name: string;
  abstract readonly way: SummaryWay;
  /** Another machine that the words are sent to. */
  abstract readonly host?: string;
  /** Model and host, for people to read. */
  abstract readonly madeBy: string;
  /** Tokens that it will need at most, to be held ready while it works; 0: it costs nothing. */
  abstract tokensFor(request: SummaryRequest): number;
  /**
   * Lets the summary be heard as it is written; what it has cost, also where it comes to nothing. Aborting `signal` ends
   * the request, too.
   *
   * @throws HarkError `summarizer_…` or `summary_…`, and the abort reason
   */
  abstract summarize(request: SummaryRequest, hear: SummaryListener, signal: AbortSignal): Promise<void>;

  /** Why nobody is asked at the moment, without a look; undefined while somebody may. */
  outage(): HarkError | undefined {
    return undefined;
  }
}

/** Those that the admin has chosen, in order of preference; none: summaries are off. */
export abstract class Summarizers {
  abstract readonly all: readonly Summarizer[];
}
