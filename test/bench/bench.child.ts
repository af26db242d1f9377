import { spawnSync } from 'node:child_process';
import { machineText, thisMachine } from '../support/machine';
import { BenchOptions, benchOptions, PartName, USAGE, UsageError } from './bench-options';
import { BenchPart } from './bench-part';
import { draftPart } from './draft/draft-part';
import { fullPart } from './full/full-part';
import { measuredToday } from './measured';
import { memoryPart } from './memory/memory-part';
import { notesPart } from './notes/notes-part';
import { ownPart } from './own/own-part';
import { OwnPlace } from './own-place';
import { requestsPart } from './requests/requests-part';
import { ResultsFile } from './results-file';
import { startPart } from './start/start-part';
import { settingsPart } from './settings/settings-part';
import { tableText } from './table';
import { wordsPart } from './words/words-part';

type Row = Record<string, string | number>;

const EX_USAGE = 2;
const machine = thisMachine();
const measuredNow = measuredToday(machine);

const PARTS: Record<PartName, (options: BenchOptions) => Promise<Row[]>> = {
  notes: measured('notes', notesPart),
  own: measured('own', ownPart),
  full: measured('full', fullPart),
  memory: measured('memory', memoryPart),
  start: measured('start', startPart),
  requests: measured('requests', requestsPart),
  words: measured('words', wordsPart),
  settings: measured('settings', settingsPart),
  draft: measured('draft', draftPart),
};

/** Writes every result down as soon as it is there. Resolves with the table. */
function measured<T extends object>(
  name: PartName,
  part: BenchPart<T>,
): (options: BenchOptions) => Promise<Row[]> {
  return async (options) => {
    const file = new ResultsFile<T>(options.out, name, machine, measuredNow, (result) => part.keyOf(result));
    const rows: Row[] = [];
    await part.run(options, async (result) => {
      await file.keep(result);
      const row = part.rowOf(result);
      console.log(
        `— ${Object.entries(row)
          .map(([what, figure]) => `${what}: ${figure}`)
          .join('; ')}`,
      );
      rows.push(row);
    });
    return rows;
  };
}

/** A part that breaks says so and leaves the others alone: what is measured is for people to read, and fails nothing. */
async function bench(options: BenchOptions, place: OwnPlace): Promise<void> {
  console.log(`${machineText(machine)}\nhark ${measuredNow.hark}, engine ${measuredNow.engine}`);
  const tables: [name: string, rows: Row[]][] = [];
  for (const name of options.parts) {
    if (place.isLeft) return;
    console.log(`\n${name}`);
    try {
      tables.push([name, await PARTS[name](options)]);
    } catch (error) {
      if (place.isLeft) return;
      console.error(`The part ${name} broke:`, error);
    }
  }
  spawnSync(process.execPath, ['scripts/performance-plots.mjs', options.out], { stdio: 'inherit' });
  console.log(`\n${machineText(machine)}\nMedians and ranges; all figures: ${options.out}`);
  for (const [name, rows] of tables) {
    console.log(`\n${name}`);
    console.log(tableText(rows));
  }
}

try {
  const options = benchOptions(process.argv.slice(2));
  const place = new OwnPlace();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void place.leave(130));
  // A broken part may have left something behind.
  void bench(options, place).finally(() => place.leave(0));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = EX_USAGE;
}
