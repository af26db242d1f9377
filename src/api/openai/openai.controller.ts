import { Body, Controller, Post, Res, UploadedFile, UseGuards, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import type { Response } from 'express';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { Caller, CurrentCaller } from '../../access/caller';
import { HarkError } from '../../core/errors';
import { TranscriptionJob } from '../../core/job';
import { parseLanguage } from '../../core/languages';
import { TranscriptTask } from '../../core/verbose-json';
import { InvalidFieldsError } from '../problems/invalid-fields.error';
import { RequestLimitGuard } from '../request-limit.guard';
import { AnnouncedSizeGuard } from '../transcriptions/announced-size.guard';
import type { ReceivedFile } from '../transcriptions/received-file';
import { RefusedUploadInterceptor } from '../transcriptions/refused-upload.interceptor';
import { SubmissionService } from '../transcriptions/submission.service';
import { ApiOpenAiCall } from './api-openai-call.decorator';
import { OpenAiAudioRequest } from './openai-audio.request';
import { OpenAiReply, streamedReply, wholeReply } from './openai-reply';
import { WaitingCallerService } from './waiting-caller.service';

/** Recordings from programs that were written for OpenAI: the words are the answer to the call. */
@NeedsRole('admin')
@Controller('v1/audio')
@UseGuards(RequestLimitGuard)
export class OpenAiController {
  constructor(
    private readonly submissions: SubmissionService,
    private readonly waiting: WaitingCallerService,
  ) {}

  @Post('transcriptions')
  @Audited('job.submit')
  @UseGuards(AnnouncedSizeGuard)
  @UseInterceptors(RefusedUploadInterceptor, FileInterceptor('file'))
  @ApiOpenAiCall('Transcribe, as OpenAI’s API does')
  transcribe(
    @Body() body: OpenAiAudioRequest,
    @UploadedFile() file: ReceivedFile | undefined,
    @CurrentCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<{ id: string }> {
    return this.answer('transcribe', body, file, caller, response);
  }

  @Post('translations')
  @Audited('job.submit')
  @UseGuards(AnnouncedSizeGuard)
  @UseInterceptors(RefusedUploadInterceptor, FileInterceptor('file'))
  @ApiOpenAiCall('Translate to English, as OpenAI’s API does')
  translate(
    @Body() body: OpenAiAudioRequest,
    @UploadedFile() file: ReceivedFile | undefined,
    @CurrentCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<{ id: string }> {
    return this.answer('translate', body, file, caller, response);
  }

  /** What it gives back is for the audit log; the answer has left by then. */
  private async answer(
    task: TranscriptTask,
    body: OpenAiAudioRequest,
    file: ReceivedFile | undefined,
    caller: Caller,
    response: Response,
  ): Promise<{ id: string }> {
    const { language = 'auto', prompt, response_format: format = 'json', stream = false } = body;
    if (!file)
      throw new InvalidFieldsError([{ field: 'file', message: 'send the recording in the field "file"' }]);
    if (stream && format !== 'json' && format !== 'text') {
      const message = 'response_format must be json or text where the words are streamed';
      throw new InvalidFieldsError([{ field: 'response_format', message }]);
    }
    const job = await this.submissions.submit({
      media: { file },
      options: {
        language: parseLanguage(language),
        translate: task === 'translate',
        ...(prompt && { prompt }),
      },
      fresh: false,
      caller,
    });
    response.setHeader('X-Job-Id', job.id);
    const wish = { task, format, granularities: body.timestamp_granularities ?? [] };
    await this.wait(job, response, stream ? streamedReply(response) : wholeReply(response, wish));
    return { id: job.id };
  }

  private async wait({ id }: TranscriptionJob, response: Response, reply: OpenAiReply): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      const words = this.waiting.hear(id, gone.signal);
      let next = await words.next();
      for (; !next.done; next = await words.next()) reply.heard(next.value);
      reply.done(next.value);
    } catch (error) {
      if (!gone.signal.aborted) reply.failed(HarkError.from(error));
    }
  }
}
