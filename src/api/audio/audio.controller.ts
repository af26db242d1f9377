import { Controller, Get, HttpStatus, Param, Req, Res, StreamableFile, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { AudioService } from '../../core/audio.service';
import { JobControlService } from '../../core/job-control.service';
import { JobIdPipe } from '../jobs/job-id.pipe';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { audioTypeOf } from './audio-type';
import { rangeOf } from './byte-range';

/** Recordings, where the admin has them kept. */
@ApiTags('jobs')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('admin')
@Controller('jobs/:id/audio')
export class AudioController {
  constructor(
    private readonly control: JobControlService,
    private readonly audio: AudioService,
  ) {}

  @Get()
  @Audited('audio.read')
  @ApiOperation({
    summary: 'The recording itself, where `KEEP_AUDIO_DAYS` has it kept',
    description:
      'Recordings of direct messages, and those that were asked for in private, are never kept. `Range` is honoured; 416 without a body where it lies outside.',
  })
  @ApiHeader({ name: 'Range', required: false, example: 'bytes=0-1023' })
  @ApiOkResponse({
    description: 'The file as it came.',
    content: { 'audio/*': { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiResponse({ status: 206, description: 'The part that was asked for.' })
  @ApiProblems('job_not_found', 'media_gone')
  async listen(
    @Param('id', JobIdPipe) id: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile | undefined> {
    const job = await this.control.find(id);
    const bytes = job.audio?.bytes ?? 0;
    const range = rangeOf(request, bytes);
    response.setHeader('Accept-Ranges', 'bytes');
    // It comes from strangers: whatever is in it, no browser shall run it here.
    response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
    if (range === 'unsatisfiable' && job.audio) {
      response
        .status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        .setHeader('Content-Range', `bytes */${bytes}`);
      return undefined;
    }
    const part = range === 'unsatisfiable' ? undefined : range;
    const { stream, bytes: length } = await this.audio.open(job, part);
    if (part) {
      response.status(HttpStatus.PARTIAL_CONTENT);
      response.setHeader('Content-Range', `bytes ${part.start}-${part.end}/${bytes}`);
    }
    return new StreamableFile(stream, { type: audioTypeOf(job.media), disposition: 'inline', length });
  }
}
