import { applyDecorators } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { OpenAiAudioRequest } from './openai-audio.request';

const ERROR = {
  error: {
    message: 'The file is empty.',
    type: 'invalid_request_error',
    param: null,
    code: 'media_empty',
  },
};

/** The API page's description of the calls that are OpenAI's. */
export function ApiOpenAiCall(summary: string): MethodDecorator {
  const errors = [400, 401, 403, 413, 415, 422, 429, 500, 503, 504, 507];
  return applyDecorators(
    ApiTags('as OpenAI’s'),
    ApiBearerAuth(),
    ApiOperation({
      summary,
      description:
        'For programs that were written for OpenAI: give them this address and a token. The answer comes when the ' +
        'recording was heard; whoever hangs up before has the job cancelled. The header `X-Job-Id` names the job.',
    }),
    ApiConsumes('multipart/form-data'),
    ApiBody({ type: OpenAiAudioRequest }),
    ApiOkResponse({
      description: 'The words in the format that was asked for.',
      content: Object.fromEntries(
        ['application/json', 'text/plain', 'application/x-subrip', 'text/vtt', 'text/event-stream'].map(
          (type) => [type, { schema: { type: 'string' } }],
        ),
      ),
    }),
    ...errors.map((status) =>
      ApiResponse({
        status,
        description: 'As OpenAI words errors; `code` is one of hark’s.',
        content: { 'application/json': { example: ERROR } },
      }),
    ),
  );
}
