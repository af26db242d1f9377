/** The import directions of docs/architecture.md. */
const rooms = [
  'platforms',
  'transcribers',
  'media',
  'queue',
  'storage',
  'api',
  'access',
  'console',
  'summarizers',
  'remote',
  'telemetry',
  'locales',
  'cli',
];
const mayAlsoImport = {
  api: ['access'],
  console: ['access'],
  queue: ['access'],
  transcribers: ['remote'],
  summarizers: ['remote'],
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-imports-nothing',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/(?!core/)' },
    },
    {
      name: 'core-knows-no-library',
      comment: "The core knows Nest's decorators and Node itself, nothing else.",
      severity: 'error',
      from: { path: '^src/core/', pathNot: '\\.spec\\.ts$' },
      to: {
        dependencyTypesNot: ['core', 'local', 'type-only'],
        pathNot: ['^src/core/', 'node_modules/@nestjs/common/'],
      },
    },
    {
      name: 'settings-import-nothing',
      severity: 'error',
      from: { path: '^src/settings/' },
      to: { path: '^src/(?!settings/)' },
    },
    ...rooms.map((room) => ({
      name: `${room}-stays-in-its-room`,
      severity: 'error',
      from: { path: `^src/${room}/`, pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^src/',
        pathNot: [
          `^src/${room}/`,
          '^src/(core|settings)/',
          ...(mayAlsoImport[room] ?? []).map((other) => `^src/${other}/`),
          ...(room === 'cli' ? ['^src/app\\.module\\.ts$'] : []),
        ],
      },
    })),
    ...['platforms', 'transcribers', 'summarizers'].map((family) => ({
      name: `no-sideways-imports-in-${family}`,
      severity: 'error',
      from: { path: `^src/${family}/([^/]+)/` },
      to: { path: `^src/${family}/([^/]+)/`, pathNot: `^src/${family}/$1/` },
    })),
    {
      name: 'only-queue-knows-redis',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/queue/' },
      to: { path: 'node_modules/(bull|ioredis|@nestjs/bull)/' },
    },
    {
      name: 'only-storage-knows-the-orm',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/storage/' },
      to: { path: 'node_modules/@mikro-orm/' },
    },
    {
      name: 'object-storage-is-loaded-late',
      comment: "Amazon's client is large: who keeps uploads in a folder never loads it.",
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules/@(aws-sdk|smithy)/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tracing-and-reports-are-loaded-late',
      comment: 'Both are off unless an admin wants them: nobody else pays for their memory.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: 'node_modules/@(opentelemetry|sentry)/',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-telemetry-knows-its-libraries',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/telemetry/' },
      to: { path: 'node_modules/(@opentelemetry|@sentry|prom-client)/' },
    },
    {
      name: 'only-storage-knows-object-storage',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/storage/' },
      to: { path: 'node_modules/@(aws-sdk|smithy)/' },
    },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^test/' },
    },
    // What is built need not be there while imports are looked at.
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '/dist/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['require', 'node', 'import', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
