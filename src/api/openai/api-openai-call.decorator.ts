import { applyDecorators } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { ERROR_CODES } from '../../core/errors';
import { EVERYWHERE, errorResponses } from '../problems/problem-responses';
import { OpenAiAudioRequest } from './openai-audio.request';
import { OPENAI_SHAPE } from './openai-error';
import { OpenAiErrorView } from './openai-error.view';

/** What the request itself shows, and, as the answer waits for the job's end, whatever a job can end with. */
const CODES = ERROR_CODES.filter(
  (code) =>
    /^(media|engine|model)_/.test(code) ||
    ['language_unknown', 'field_invalid', 'job_lost', 'cancelled', 'storage_full'].includes(code),
);

/** The API page's description of the calls that are OpenAI's. */
export function ApiOpenAiCall(summary: string): MethodDecorator {
  const errors = errorResponses([...CODES, ...EVERYWHERE], OPENAI_SHAPE);
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
    ApiExtraModels(OpenAiErrorView),
    ...errors.map((response) => ApiResponse(response)),
  );
}
