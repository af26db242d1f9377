import { join } from 'node:path';
import { NestExpressApplication } from '@nestjs/platform-express';

/** Serves the console's page at `/`. The page has no rights of its own: it asks for a token and uses the API with it. */
export function configureConsole(app: NestExpressApplication): void {
  app.useStaticAssets(join(__dirname, 'page'), { index: 'index.html', maxAge: 0 });
}
