// Draws docs/scaling/*.svg from the measurements beside them:  node scripts/scaling-plots.mjs [folder]
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { draw, frame } from './plot.mjs';

const folder = process.argv[2] ?? 'docs/scaling';
const COLOURS = {
  domain: ['embedded, SQLite', 'Bull, SQLite', 'Bull, PostgreSQL'],
  range: ['#8c6bb1', '#e08214', '#2166ac'],
};
const KINDS = { api: 'files sent by REST', chat: 'notes spoken in a chat' };
const DATABASES = { sqlite: 'SQLite', postgresql: 'PostgreSQL' };
const WORKERS = {
  field: 'workers',
  type: 'quantitative',
  title: 'workers’ worth of load',
  scale: { type: 'log' },
  axis: { values: [1, 10, 100] },
};
const color = { field: 'system', type: 'nominal', title: null, scale: COLOURS, legend: { orient: 'bottom' } };
const column = { field: 'kind', type: 'nominal', title: null, sort: Object.values(KINDS) };

const drawing = (name) => join(folder, `${name}.svg`);
const results = (name) => {
  const path = join(folder, name);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).results : [];
};
const loads = results('load.json').map((load) => ({
  ...load,
  kind: KINDS[load.kind],
  system: `${load.queue === 'bull' ? 'Bull' : 'embedded'}, ${DATABASES[load.database]}`,
}));
const queued = results('queued.json');

const full = loads.filter(({ pressure }) => pressure === 'full');
if (loads.length > 0) {
  await draw(drawing('throughput'), throughput(full));
  await draw(drawing('wait'), wait(loads.filter(({ pressure }) => pressure === 'half')));
  await draw(drawing('cost'), cost(full));
}
if (queued.length > 0) await draw(drawing('queued'), backlog(queued));

function throughput(values) {
  const perSecond = {
    type: 'quantitative',
    scale: { type: 'log' },
    title: 'notes a second, queue full',
    axis: { values: [0.3, 1, 3, 10, 30, 100, 300] },
  };
  const ideal = values.map(({ workers, kind, idealPerSecond }) => ({ workers, kind, idealPerSecond }));
  return facets(values, [
    {
      data: { values: ideal },
      mark: { type: 'line', strokeDash: [4, 4], color: '#999' },
      encoding: { x: WORKERS, y: { field: 'idealPerSecond', ...perSecond } },
    },
    {
      mark: { type: 'line', point: true },
      encoding: { x: WORKERS, y: { field: 'perSecond', ...perSecond }, color },
    },
  ]);
}

function wait(values) {
  const percentiles = values.flatMap(({ wait: { p50, p95 }, ...load }) => [
    { ...load, ms: Math.max(1, p50), share: 'half of the notes' },
    { ...load, ms: Math.max(1, p95), share: '95 of 100 notes' },
  ]);
  const y = {
    field: 'ms',
    type: 'quantitative',
    scale: { type: 'log' },
    title: ['milliseconds until begun, half load', '(dashed: half of the notes; solid: 95 of 100)'],
    axis: { values: [1, 10, 100, 1000, 10_000, 100_000] },
  };
  // Told by the axis: a legend draws dashed lines as nothing.
  const strokeDash = { field: 'share', type: 'nominal', legend: null };
  return facets(percentiles, [
    { mark: { type: 'line', point: true }, encoding: { x: WORKERS, y, color, strokeDash } },
  ]);
}

function cost(values) {
  const parts = values.flatMap(({ job: { cpu }, ...load }) =>
    Object.entries({ workers: cpu.workers, bot: cpu.bot, database: cpu.database, Redis: cpu.redis }).map(
      ([part, ms]) => ({ ...load, part, ms }),
    ),
  );
  return {
    ...frame(parts),
    facet: {
      row: { field: 'kind', type: 'nominal', title: null },
      column: { field: 'system', type: 'nominal', title: null, sort: COLOURS.domain },
    },
    resolve: { scale: { y: 'shared' } },
    spec: {
      width: 160,
      height: 150,
      mark: 'bar',
      encoding: {
        x: { field: 'workers', type: 'ordinal', title: 'workers’ worth of load', axis: { labelAngle: 0 } },
        y: { field: 'ms', type: 'quantitative', title: 'processor ms a note' },
        color: {
          field: 'part',
          type: 'nominal',
          title: null,
          legend: { orient: 'bottom' },
          scale: {
            domain: ['workers', 'bot', 'database', 'Redis'],
            range: ['#2166ac', '#8c6bb1', '#e08214', '#b2182b'],
          },
        },
      },
    },
  };
}

function backlog(values) {
  const bars = values.flatMap(({ database, what, few, many }) =>
    [few, many].map(({ jobs, median }) => ({
      database: DATABASES[database],
      what,
      jobs: `${jobs.toLocaleString('en')} queued`,
      median,
    })),
  );
  return {
    ...frame(bars),
    facet: { column: { field: 'database', type: 'nominal', title: null } },
    spec: {
      width: 300,
      height: { step: 12 },
      mark: 'bar',
      encoding: {
        y: { field: 'what', type: 'nominal', title: null, sort: null, axis: { labelLimit: 260 } },
        yOffset: { field: 'jobs', sort: null },
        x: { field: 'median', type: 'quantitative', title: 'milliseconds (median)' },
        color: {
          field: 'jobs',
          type: 'nominal',
          title: null,
          sort: null,
          scale: { range: ['#92c5de', '#2166ac'] },
          legend: { orient: 'bottom' },
        },
      },
    },
  };
}

function facets(values, layer) {
  return { ...frame(values), facet: { column }, spec: { width: 320, height: 260, layer } };
}
