/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  setupFiles: ['<rootDir>/test/support/child-processes.cjs'],
  // Specs wait more than they compute: two for two cores, and each begins anew before it has grown large.
  maxWorkers: 2,
  workerIdleMemoryLimit: '2GB',
  testTimeout: 60_000,
};
