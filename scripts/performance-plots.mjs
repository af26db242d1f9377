// Draws docs/performance/*.svg from the measurements beside them:  node scripts/performance-plots.mjs [folder]
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { draw, frame } from './plot.mjs';

const folder = process.argv[2] ?? 'docs/performance';
const MODELS = ['tiny', 'base', 'small'];
const SIDES = { domain: ['whisper-cli', 'hark'], range: ['#b0b0b0', '#2166ac'] };
const LEAST_SECONDS = 0.1;
const VARIANTS = {
  auto: 'language detected',
  known: 'language known',
  busy: 'language detected, one core busy',
};

const file = join(folder, 'notes.json');
const notes = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).results : [];
if (notes.length > 0) await draw(join(folder, 'notes.svg'), seconds(notes));

/** What a note takes on either side: a bar for the median, a line from the fastest to the slowest. */
function seconds(results) {
  const values = results.flatMap(({ model, seconds, variant, hark, whisperCli }) =>
    Object.entries({ 'whisper-cli': whisperCli, hark }).map(([side, { milliseconds }]) => ({
      model,
      variant: VARIANTS[variant],
      note: seconds < 60 ? `${seconds} s` : `${seconds / 60} min`,
      length: seconds,
      side,
      median: milliseconds.median / 1000,
      least: milliseconds.least / 1000,
      most: milliseconds.most / 1000,
    })),
  );
  const y = { field: 'note', type: 'nominal', title: null, sort: { field: 'length' } };
  const yOffset = { field: 'side', sort: SIDES.domain };
  const time = { type: 'quantitative', scale: { type: 'log' }, title: 'seconds' };
  const layer = [
    {
      // A logarithm knows no zero for bars to begin at.
      transform: [{ calculate: String(LEAST_SECONDS), as: 'begin' }],
      mark: 'bar',
      encoding: {
        y,
        yOffset,
        x: { field: 'begin', ...time },
        x2: { field: 'median' },
        color: { field: 'side', type: 'nominal', title: null, scale: SIDES, legend: { orient: 'bottom' } },
      },
    },
    {
      mark: { type: 'rule', color: '#333' },
      encoding: { y, yOffset, x: { field: 'least', ...time }, x2: { field: 'most' } },
    },
  ];
  // One below the other, for not all have notes of all lengths.
  const measured = Object.values(VARIANTS).filter((name) => values.some(({ variant }) => variant === name));
  return {
    ...frame(values),
    vconcat: measured.map((variant) => ({
      title: variant,
      transform: [{ filter: { field: 'variant', equal: variant } }],
      facet: { column: { field: 'model', type: 'nominal', title: null, sort: MODELS } },
      spec: { width: 260, height: { step: 12 }, layer },
    })),
  };
}
