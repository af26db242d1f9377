// Lets a plain `node --require` child run the project's TypeScript, compiled as the build and the tests compile it.
const Module = require('node:module');
const { transformFileSync } = require('@swc/core');

Module._extensions['.ts'] = (module, filename) => {
  module._compile(transformFileSync(filename, { filename, sourceMaps: 'inline' }).code, filename);
};
