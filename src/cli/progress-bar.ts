import { Presets, SingleBar } from 'cli-progress';

/** A bar on stderr, so that stdout stays for the result; a line at the end where nobody watches. */
export class ProgressBar {
  private readonly bar: SingleBar;

  /** @param unit how the numbers are shown: `bytes` as MiB, `share` (0 to 1) as per cent */
  constructor(title: string, unit: 'bytes' | 'share') {
    const values = unit === 'bytes' ? '{value}/{total} MiB' : '{percentage} %';
    this.bar = new SingleBar(
      {
        format: `${title} {bar} ${values}`,
        formatValue: (value, _options, type) =>
          unit === 'bytes' && type !== 'percentage' ? mebibytes(value) : String(value),
        stream: process.stderr,
        noTTYOutput: true,
        notTTYSchedule: 5_000,
        clearOnComplete: true,
        hideCursor: true,
      },
      Presets.shades_classic,
    );
    this.bar.start(1, 0);
  }

  update(value: number, total: number): void {
    this.bar.setTotal(total);
    this.bar.update(value);
  }

  stop(): void {
    this.bar.stop();
  }
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
