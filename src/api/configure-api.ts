import { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import { API_PREFIX } from './api-prefix';
import { openApiDocument } from './openapi/openapi-document';
import { ProblemFilter } from './problems/problem.filter';
import { requestValidation } from './problems/request-validation';

/** Whether there is TLS before hark, and for which hosts, only the proxy that ends it knows. */
const HEADERS: HelmetOptions = {
  contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  strictTransportSecurity: false,
};
const JSON_LIMIT = '64kb';
/** A large file over a slow line; Node's own limit is 5 minutes. Headers still have to come within one. */
const REQUEST_TIMEOUT_MS = 30 * 60_000;

/** Everything that the API needs of the application itself. To be called once, before `listen` or `init`. */
export function configureApi(app: NestExpressApplication): void {
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(helmet(HEADERS));
  app.use(`/${API_PREFIX}`, neverStored);
  app.useBodyParser('json', { limit: JSON_LIMIT });
  app.useGlobalPipes(requestValidation());
  app.useGlobalFilters(new ProblemFilter());
  app.getHttpServer().requestTimeout = REQUEST_TIMEOUT_MS;
  SwaggerModule.setup('docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'docs-json' });
}

/** What people said belongs in no cache. */
function neverStored(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
