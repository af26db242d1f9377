import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ObjectStorageProgram } from './object-storage';

/** A small server in JavaScript, good enough for most requests; it knows no way to give up an upload half way. */
export const S3RVER: ObjectStorageProgram = {
  name: 's3rver',
  command: (folder) => [
    process.execPath,
    [
      require.resolve('s3rver/bin/s3rver.js'),
      '--directory',
      folder,
      '--address',
      '127.0.0.1',
      '--port',
      '0',
      '--silent',
    ],
  ],
  accessKeyId: 'S3RVER',
  secretAccessKey: 'S3RVER',
  knowsHalfSent: false,
};

/** Debian's Python, for which `python3-swift` is made; another one may come first on `PATH`. */
const PYTHON = '/usr/bin/python3';

/** What many providers run. On Debian it is the package python3-swift. */
export const SWIFT: ObjectStorageProgram = {
  name: 'OpenStack Swift',
  command: (folder) => [PYTHON, [join(__dirname, 'swift-server.py'), folder]],
  accessKeyId: 'test:tester',
  secretAccessKey: 'testing',
  knowsHalfSent: true,
  missing: spawnSync(PYTHON, ['-c', 'import swift.proxy.server']).status === 0 ? undefined : 'python3-swift',
};
