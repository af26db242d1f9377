import { applyDecorators } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { JobView } from '../jobs/job.view';
import { ApiProblems } from '../problems/api-problems.decorator';
import { IDEMPOTENCY_HEADER } from './idempotency-key';
import { TranscriptionRequest } from './transcription.request';

/** The API page's description of the call. */
export function ApiSubmission(): MethodDecorator {
  return applyDecorators(
    ApiTags('transcriptions'),
    ApiBearerAuth(),
    ApiOperation({
      summary: 'Have a recording transcribed',
      description:
        'Send a file as `multipart/form-data`, or a link as JSON. What the request itself shows is refused at once; ' +
        'what only fetching or decoding shows ends the job `failed` with the same kind of code.',
    }),
    ApiConsumes('multipart/form-data', 'application/json'),
    ApiBody({ type: TranscriptionRequest }),
    ApiHeader({
      name: IDEMPOTENCY_HEADER,
      required: false,
      description: 'The same key with the same request gives the same job, however often it is sent.',
    }),
    ApiAcceptedResponse({
      type: JobView,
      description: 'The job; it waits in the queue now.',
      headers: { Location: { description: 'Address of the job.', schema: { type: 'string' } } },
    }),
    ApiProblems(
      'media_empty',
      'media_is_html',
      'media_unsupported',
      'media_too_large',
      'link_invalid',
      'link_refused',
      'language_unknown',
      'field_invalid',
      'json_malformed',
      'idempotency_conflict',
      'storage_full',
    ),
  );
}
