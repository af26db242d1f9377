import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { NestExpressApplication } from '@nestjs/platform-express';

/** Where the page is built to, whether this runs from the build or from the source. */
const PAGE = join(__dirname, '../../dist/console/page');
const YEAR_MS = 365 * 24 * 3_600_000;

/** Serves the console's page at `/`. The page has no rights of its own: it signs in and uses the API. */
export function configureConsole(app: NestExpressApplication): void {
  if (!existsSync(join(PAGE, 'index.html')))
    new Logger('Console').warn('The page of the console has not been built: npm run build');
  // Names of assets tell their content; the page itself must always be the latest.
  app.useStaticAssets(join(PAGE, 'assets'), { prefix: '/assets', immutable: true, maxAge: YEAR_MS });
  app.useStaticAssets(PAGE, { index: 'index.html', maxAge: 0 });
}
