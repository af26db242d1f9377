/** One attempt to make hark fetch what it should not, or more of it than it should. */
export interface Attack {
  /** Chapter of the table. */
  group: string;
  what: string;
  /** The link itself, where it is what matters. */
  link?: string;
  /** What becomes of it: an error code, `followed`, or `read`. */
  outcome: string;
  /** Makes the attempt, for real. Resolves to what became of it. */
  attempt(): Promise<string>;
}

/** Errors of hark by their code; any other is a hole in the wall and shows itself as such. */
export async function outcomeOf(work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    const { name, code } = error as { name: string; code?: string };
    return name === 'HarkError' && code !== 'internal' ? code! : `broke: ${String(error)}`;
  }
}
