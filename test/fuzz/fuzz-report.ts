import { memoryUsage } from 'node:process';
import { FuzzInput } from './fuzz-input';
import { FuzzOptions } from './fuzz-options';

/** Sockets and pipes of decoders that are kept warm come and go. */
const FILES_IN_PASSING = 40;
const KNOWN = /^(read|given up|media_[a-z_]+)$/;

/** What became of all inputs. */
export class FuzzReport {
  temporaryFiles: readonly string[] = [];
  /** More than before. */
  openFiles = 0;
  private readonly begun = performance.now();
  private readonly outcomes = new Map<string, number>();
  private readonly complaints: string[] = [];
  private count = 0;
  private overHttp = 0;
  private slowest = { milliseconds: 0, number: -1 };
  private resident = 0;

  constructor(private readonly options: FuzzOptions) {}

  add({ number, from, way }: FuzzInput, outcome: string, milliseconds: number): void {
    this.count++;
    if (way === 'http') this.overHttp++;
    if (milliseconds > this.slowest.milliseconds) this.slowest = { milliseconds, number };
    this.resident = Math.max(this.resident, memoryUsage.rss());
    const known = KNOWN.test(outcome);
    const name = known ? outcome : 'broke';
    this.outcomes.set(name, (this.outcomes.get(name) ?? 0) + 1);
    if (!known) this.complain(`input ${number}, made of ${from}, by ${way}: ${outcome}`);
  }

  complain(text: string): void {
    this.complaints.push(text);
  }

  /** Everything that must not be; empty when all is well. */
  get failures(): string[] {
    return [
      ...this.complaints,
      ...this.temporaryFiles.map((file) => `left behind: ${file}`),
      ...(this.openFiles > FILES_IN_PASSING ? [`${this.openFiles} more files are open than before`] : []),
    ];
  }

  /** For people. */
  get text(): string {
    const { seed, first } = this.options;
    const seconds = (performance.now() - this.begun) / 1_000;
    const rows = [...this.outcomes].sort(([, a], [, b]) => b - a);
    return [
      `${this.count} inputs (seed ${seed}, from number ${first}), ${this.overHttp} of them by HTTP, in ${seconds.toFixed(0)} s`,
      ...rows.map(([name, count]) => `  ${name.padEnd(24)} ${String(count).padStart(6)}`),
      `slowest: ${(this.slowest.milliseconds / 1_000).toFixed(1)} s (number ${this.slowest.number})`,
      `memory of the service: ${(this.resident / 1024 / 1024).toFixed(0)} MiB at most`,
      `left behind: ${this.temporaryFiles.length} files; ${this.openFiles} more open files than before`,
      ...(this.failures.length === 0
        ? ['No crash, no hang, nothing left.']
        : this.failures.map((one) => `✗ ${one}`)),
    ].join('\n');
  }
}
