import { basename } from 'node:path';
import { beginLean } from '../settings/process-memory';

// Imported before what is large. The service runs for long and begins as suits that; any other command ends soon.
const isService = process.argv.includes('start') || basename(process.argv[1] ?? '') === 'main.js';
if (isService) beginLean();
