import { Controller, Get, Param, Query, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { Caller, CurrentCaller } from '../../access/caller';
import { HarkError } from '../../core/errors';
import { TranscriptionJob } from '../../core/job';
import { JobControlService } from '../../core/job-control.service';
import { JobStore } from '../../core/job-store';
import { FORMATS, TranscriptFormat, formatTranscript } from '../../core/transcript-formats';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { JobIdPipe } from './job-id.pipe';
import { assertMayRead, assertMayReadHeard } from './reading-rights';
import { TranscriptRequest } from './transcript.request';

const TYPES: Record<TranscriptFormat, string> = {
  txt: 'text/plain',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  json: 'application/json',
};

/** Transcripts as files. */
@ApiTags('jobs')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('viewer')
@Controller('jobs/:id/transcript')
export class TranscriptController {
  constructor(
    private readonly control: JobControlService,
    private readonly jobs: JobStore,
  ) {}

  @Get()
  @Audited('transcript.read')
  @ApiOperation({ summary: 'The transcript as a file' })
  @ApiOkResponse({
    description: 'The file; `json` has the shape of OpenAI’s `verbose_json`, with confidence.',
    content: Object.fromEntries(FORMATS.map((format) => [TYPES[format], { schema: { type: 'string' } }])),
  })
  @ApiProblems('job_not_found', 'transcript_not_ready', 'field_invalid')
  async download(
    @Param('id', JobIdPipe) id: string,
    @Query() { format = 'txt', version = 'now' }: TranscriptRequest,
    @CurrentCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    const job = await this.control.find(id);
    assertMayRead(job, caller);
    if (version === 'heard') assertMayReadHeard(job, caller);
    const transcript = await this.jobs.transcript(id, version);
    if (!transcript) throw notReady(job);
    const task = job.options.translate ? 'translate' : 'transcribe';
    response
      .attachment(`${baseName(job)}.${format}`)
      .type(`${TYPES[format]}; charset=utf-8`)
      .send(formatTranscript(transcript, format, task));
  }
}

function notReady({ status }: TranscriptionJob): HarkError {
  return new HarkError('transcript_not_ready', `There is no transcript: the job is ${status}.`, {
    params: { status },
  });
}

/** The recording's name without its ending, which may be anything: the header's own quoting sees to the rest. */
function baseName({ id, media, source }: TranscriptionJob): string {
  const name = media.name ?? ('name' in source ? source.name : undefined) ?? '';
  const base = name.replace(/^.*[/\\]/s, '').replace(/\.[^.]*$/, '');
  const harmless = base
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .slice(0, 100)
    .trim();
  return harmless === '' ? `transcript-${id}` : harmless;
}
