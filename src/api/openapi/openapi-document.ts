import { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { documentBodyProblems } from './body-problems';

const DESCRIPTION = `hark turns voice into text. Send a recording, follow its job, fetch the transcript.

Every call needs \`Authorization: Bearer <token>\`: the admin's token for everything, the viewer's for reading, or a
token of the identity provider that an administrator has set up, with either role.
Errors are problem documents (RFC 9457) whose \`code\` never changes; the calls that are OpenAI's have the same codes in
OpenAI's words.`;

/** The API's description of itself. */
export function openApiDocument(app: NestExpressApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('hark')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'The admin’s or viewer’s token, or one of the identity provider.',
    })
    .build();
  const document = SwaggerModule.createDocument(app, config);
  documentBodyProblems(document);
  return document;
}
