import {
  Body,
  Controller,
  HttpCode,
  Post,
  Res,
  UploadedFile,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Response } from 'express';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { Caller, CurrentCaller } from '../../access/caller';
import { API_PREFIX } from '../api-prefix';
import { parseLanguage } from '../../core/languages';
import { JobView } from '../jobs/job.view';
import { viewOf } from '../jobs/job-view.mapper';
import { InvalidFieldsError } from '../problems/invalid-fields.error';
import { RequestLimitGuard } from '../request-limit.guard';
import { AnnouncedSizeGuard } from './announced-size.guard';
import { ApiSubmission } from './api-submission.decorator';
import { IdempotencyKey } from './idempotency-key';
import type { ReceivedFile } from './received-file';
import { RefusedUploadInterceptor } from './refused-upload.interceptor';
import { Submission, SubmissionService } from './submission.service';
import { TranscriptionRequest } from './transcription.request';

/** Where recordings come in. */
@NeedsRole('admin')
@Controller('transcriptions')
@UseGuards(RequestLimitGuard)
export class TranscriptionsController {
  constructor(private readonly submissions: SubmissionService) {}

  @Post()
  @Audited('job.submit')
  @HttpCode(202)
  @UseGuards(AnnouncedSizeGuard)
  @UseInterceptors(RefusedUploadInterceptor, FileInterceptor('file'))
  @ApiSubmission()
  async submit(
    @Body() body: TranscriptionRequest,
    @UploadedFile() file: ReceivedFile | undefined,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<JobView> {
    const { language = 'auto', translate = false, fresh = false, prompt } = body;
    const job = await this.submissions.submit({
      media: mediaOf(file, body.url),
      options: { language: parseLanguage(language), translate, ...(prompt && { prompt }) },
      fresh,
      caller,
      idempotencyKey,
    });
    response.location(`/${API_PREFIX}/jobs/${job.id}`);
    return viewOf(job, caller);
  }
}

function mediaOf(file: ReceivedFile | undefined, url: string | undefined): Submission['media'] {
  if (file && url === undefined) return { file };
  if (!file && url !== undefined) return { url };
  const message = file ? 'send either a file or a url, not both' : 'send a file (multipart) or a url';
  throw new InvalidFieldsError([{ field: file ? 'url' : 'file', message }]);
}
