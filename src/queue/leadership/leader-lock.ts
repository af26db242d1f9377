/** What only one process can have at a time. It says who may lead; that whoever led before is out is the fence's part. */
export abstract class LeaderLock {
  /** Whether everybody who works on the same database comes by this lock. */
  abstract readonly exclusive: boolean;
  /**
   * The number of a new term, `least` or higher; undefined while somebody else has the lock.
   *
   * @param before whose the latest term was, as that process calls itself
   * @throws whatever keeps the answer away
   */
  abstract acquire(least: number, before: string | undefined): Promise<number | undefined>;
  /** False when it is lost for certain. @throws whatever keeps the answer away */
  abstract renew(number: number): Promise<boolean>;
  /** Lets the next one have it. Does nothing when it is lost already. @throws whatever keeps it from being done */
  abstract release(): Promise<void>;
  /** Whether anybody has it. @throws whatever keeps the answer away */
  abstract isHeld(): Promise<boolean>;
}
