import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Imported before what is large: half of the time of a short command goes into compiling the same modules again. The
// service, which starts once, does without: what is kept would take up its memory as long as it runs. The folder lies
// beside hark, not among everybody's temporary files; where it cannot be written nothing is kept.
if (!process.argv.includes('start')) enableCompileCache(join(__dirname, '../../node_modules/.cache/hark'));
