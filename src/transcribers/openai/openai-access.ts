import { Injectable } from '@nestjs/common';
import { ServiceAccess } from '../../remote/service-access';
import { Settings } from '../../settings/settings';

/** The service that listens. Where the settings name none, nobody asks for one. */
@Injectable()
export class OpenAiAccess extends ServiceAccess {
  constructor({ openai }: Settings) {
    super(openai?.baseUrl ?? 'http://localhost', openai?.apiKey, openai?.model ?? '');
  }
}
