/** Nobody is taken at their word for longer. */
const LONGEST_MS = 3_600_000;

/** When a service wants to be asked again: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function retryTime(headers: Headers | undefined, now: Date): Date | undefined {
  const milliseconds = headers?.get('retry-after-ms');
  if (milliseconds) return after(Number(milliseconds), now);
  const said = headers?.get('retry-after');
  if (!said) return undefined;
  const seconds = Number(said);
  return after(Number.isNaN(seconds) ? Date.parse(said) - now.getTime() : seconds * 1_000, now);
}

function after(milliseconds: number, now: Date): Date | undefined {
  if (!(milliseconds > 0)) return undefined;
  return new Date(now.getTime() + Math.min(milliseconds, LONGEST_MS));
}
