/** A time in office. Of all processes that could hold the chat connections exactly one has it at a time. */
export interface Term {
  /** Grows with every term, whoever has it: what an earlier one claims in the database is refused. */
  readonly number: number;
  /** By this process's clock. */
  readonly since: Date;
  /** Until when whoever led before had certainly taken in what it heard, and whether that was an end in order. Undefined for the first term. */
  readonly before?: { at: Date; inOrder: boolean };
  /** Fires with an `Interruption`, `shutdown` or `deposed`, when the term is over. */
  readonly signal: AbortSignal;
  /** As that of `Leadership`, for this term. */
  confirm(): Promise<void>;
}

/** What only the leader does. Begins with a term, and resolves when it has ended, soon after the term's signal. */
export type Duty = (term: Term) => Promise<void>;

/** Who leads, as far as this process knows. */
export interface Standing {
  /** `outside`: this process does not want to lead. */
  state: 'leading' | 'standing-by' | 'outside';
  /** Which process leads, for people to read; its own name included. Undefined: none, or nobody can tell. */
  leader?: string;
  /** Since when. */
  since?: Date;
}

/**
 * Who holds the chat connections and delivers: one process, while others stand by. With the embedded queue it is the
 * whole work, transcription included, that one process does.
 */
export abstract class Leadership {
  /** Undefined while this process does not lead. */
  abstract readonly term: Term | undefined;
  /** To be called before the application has started (`onModuleInit`). */
  abstract assume(duty: Duty): void;
  /**
   * To be awaited before anything that must not be done twice. Resolves at once while the process certainly leads, and
   * in a process that does not want to; when in doubt, for instance after it stood still, as soon as that is known.
   *
   * @throws Interruption `deposed` when another process leads, or none
   */
  abstract confirm(): Promise<void>;
  /**
   * To be called before the application has started.
   *
   * @param since since when what was heard is not stored yet; whoever leads next looks back as far as that
   */
  abstract owes(since: () => Date | undefined): void;
  abstract standing(): Promise<Standing>;
  /** Ends the duties, then lets another process lead. Takes no longer than `deadlineMs` and a little. */
  abstract resign(deadlineMs: number): Promise<void>;
}
