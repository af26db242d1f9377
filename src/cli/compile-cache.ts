import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Imported before what is large: half of the time to start goes into compiling the same modules again. The folder lies
// beside hark, not among everybody's temporary files; where it cannot be written nothing is kept, and nothing else changes.
enableCompileCache(join(__dirname, '../../node_modules/.cache/hark'));
