/** Something that must not happen, and the note or process it happened to. */
export interface Anomaly {
  what: string;
  /** Ids and facts to look it up in the logs by. */
  where: string;
}

/** What a run has come to. */
export interface ChaosReport {
  anomalies: Anomaly[];
  figures: Figures;
}

interface Figures {
  seed: number;
  /** Notes that became jobs. */
  accepted: number;
  answeredOnce: number;
  lost: number;
  duplicates: number;
  failed: number;
  wrongWords: number;
  kills: Record<string, number>;
  redisRestarts: number;
  redisFlushes: number;
  databaseRestarts: number;
  /** Jobs that needed more than one attempt. */
  repeatedJobs: number;
  mostAttempts: number;
  /** What REST clients met before they were answered. */
  setbacks: Record<string, number>;
  /** Uploads and temporary files that killed processes left to the cleaning that comes by itself. */
  filesToClean: number;
  seconds: number;
  /** Seconds that each process took to end in order. */
  shutdownSeconds: Record<string, number>;
  errorsLogged: Record<string, number>;
}

/** For people. */
export function reportText({ anomalies, figures }: ChaosReport): string {
  const { kills, setbacks, shutdownSeconds, errorsLogged, ...plain } = figures;
  const sum = Object.values(kills).reduce((all, one) => all + one, 0);
  const lines = [
    ...Object.entries(plain).map(([name, value]) => `  ${name.padEnd(18)} ${value}`),
    `  ${'kills'.padEnd(18)} ${sum} (${pairs(kills)})`,
    `  ${'shutdownSeconds'.padEnd(18)} ${pairs(shutdownSeconds)}`,
    ...section('REST clients met', setbacks),
    ...section('Errors in the logs', errorsLogged),
    anomalies.length === 0 ? 'No anomaly.' : `${anomalies.length} anomalies:`,
    ...anomalies.map(({ what, where }) => `  ${what}: ${where}`),
  ];
  return lines.join('\n');
}

function section(title: string, counts: Record<string, number>): string[] {
  const sorted = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  return sorted.length === 0 ? [] : [`${title}:`, ...sorted.map(([what, count]) => `  ${count} × ${what}`)];
}

function pairs(values: Record<string, number>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
