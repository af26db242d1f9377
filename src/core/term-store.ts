/** A time in office, as it stands in the table. */
export interface StoredTerm {
  number: number;
  /** Which process has it, as processes name themselves. */
  holder: string;
  since: Date;
  /** Its last sign of life: until when it has taken in what it heard. */
  seenAt: Date;
  /** It has ended in order. */
  over: boolean;
}

/** The latest time in office: the fence against whoever was deposed and has not noticed. */
export abstract class TermStore {
  abstract latest(): Promise<StoredTerm | undefined>;
  /** Begins a term; from then on earlier ones change nothing. False unless its number is higher than all before. */
  abstract begin(number: number, holder: string, now: Date): Promise<boolean>;
  /** False when a later one has begun. */
  abstract isLatest(number: number): Promise<boolean>;
  /** A sign of life, which must differ from the one before. False when a later term has begun. */
  abstract seen(number: number, now: Date): Promise<boolean>;
  /** Ends it in order, if it is the latest: nobody needs to wait for its holder. */
  abstract end(number: number, now: Date): Promise<void>;
}
