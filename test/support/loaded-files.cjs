// For `node --require`: writes down at its end, in its data folder, which files the service has loaded.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');

process.once('exit', () => {
  writeFileSync(join(process.env.DATA_DIR, 'loaded.json'), JSON.stringify(Object.keys(require.cache)));
});
