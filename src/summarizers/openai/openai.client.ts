import { Injectable } from '@nestjs/common';
import { OpenAiClient } from '../../remote/openai-client';
import { OpenAiSummaryAccess } from './openai.access';

/** One client for questions and health. */
@Injectable()
export class OpenAiSummaryClient extends OpenAiClient {
  constructor(access: OpenAiSummaryAccess) {
    super(access);
  }
}
