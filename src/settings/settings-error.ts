/** One wrong setting. */
export interface SettingProblem {
  /** The variable. */
  name: string;
  /** What is wrong with it, without the value of a secret. */
  problem: string;
  /** An assignment that would be right. */
  example: string;
}

/**
 * The settings are wrong: nothing can start. Like the core's error family, which settings may not import, it has a
 * stable code and a text for people.
 */
export class SettingsError extends Error {
  readonly code = 'settings_invalid';
  readonly retryable = false;
  readonly userMessage: string;

  constructor(readonly problems: readonly SettingProblem[]) {
    const lines = problems.map(({ name, problem, example }) => `  ${name} ${problem}. Example: ${example}`);
    super(
      [
        problems.length === 1 ? 'A setting is wrong:' : `${problems.length} settings are wrong:`,
        ...lines,
      ].join('\n'),
    );
    this.name = 'SettingsError';
    this.userMessage = this.message;
  }
}
