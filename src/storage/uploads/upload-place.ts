/** What is wrong with a place, after its label, and how to mend it. */
export interface Trouble {
  detail: string;
  remedy: string;
}

/** A place for uploads that processes share, as far as it can be tried out. */
export abstract class UploadPlace {
  /** For people, at the beginning of a sentence. */
  abstract readonly label: string;
  /** Asks the least that shows whether it can be reached. Throws what comes. */
  abstract reach(signal: AbortSignal): Promise<void>;
  /** Stores, finds and removes an empty upload of this name. Throws what comes. */
  abstract tryOut(name: string, signal: AbortSignal): Promise<void>;
  abstract trouble(error: unknown): Trouble;
}
