import { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { Settings } from '../settings/settings';
import { crossOrigin } from './cross-origin';
import { ErrorWordsFilter } from './error-words.filter';
import { openApiDocument } from './openapi/openapi-document';
import { requestValidation } from './problems/request-validation';
import { docsHeaders, neverStored, pageHeaders } from './response-headers';
import { hangUpOnSlowBodies } from './slow-bodies';

/** Bodies that are no files. */
const BODY_LIMIT = '64kb';
/** A large file over a slow line; Node's own limit is 5 minutes. Headers still have to come within one. */
const REQUEST_TIMEOUT_MS = 30 * 60_000;

/** Everything that the API needs of the application itself. To be called once, before `listen` or `init`. */
export function configureApi(app: NestExpressApplication): void {
  const { corsOrigins, trustedProxies } = app.get(Settings);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', [...trustedProxies]);
  app.use(pageHeaders());
  app.use('/docs', docsHeaders());
  app.use(['/api', '/v1', '/docs-json'], neverStored);
  if (corsOrigins.length > 0) app.enableCors(crossOrigin(corsOrigins));
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.useBodyParser('urlencoded', { limit: BODY_LIMIT, extended: false });
  app.useGlobalPipes(requestValidation());
  app.useGlobalFilters(new ErrorWordsFilter());
  const server = app.getHttpServer();
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  hangUpOnSlowBodies(server);
  SwaggerModule.setup('docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'docs-json' });
}
