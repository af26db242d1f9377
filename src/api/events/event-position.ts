/** How far a listener is: what the `id` of every event says, and `Last-Event-ID` gives back. */
export interface EventPosition {
  /** The attempt whose segments were sent. */
  attempt: number;
  /** How many of them. */
  segments: number;
  /** The last event was sent, too. */
  ended: boolean;
}

const FORM = /^(\d{1,6})-(\d{1,9})(-end)?$/;

export function writePosition({ attempt, segments, ended }: EventPosition): string {
  return `${attempt}-${segments}${ended ? '-end' : ''}`;
}

/** Undefined for anything that was not made here: the listener then gets all from the beginning. */
export function readPosition(id: string | undefined): EventPosition | undefined {
  const [, attempt, segments, end] = FORM.exec(id ?? '') ?? [];
  if (attempt === undefined || segments === undefined) return undefined;
  return { attempt: Number(attempt), segments: Number(segments), ended: end !== undefined };
}
