import { Body, Controller, Delete, Get, Param, Patch, Query, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { JobArchive } from '../../core/job-archive';
import { PersonExport } from '../../core/person-export';
import { PersonExportService } from '../../core/person-export.service';
import { PrivacyService } from '../../core/privacy.service';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { ChoicesRequest, ErasureRequest, PersonRequest, changeOf } from './person.request';
import { ErasureView, PersonOverviewView, overviewOf } from './person.view';

/** What is stored of people, for admins whom somebody has asked to see to their rights. */
@ApiTags('people')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('admin')
@Controller('people/:platform/:id')
export class PeopleController {
  constructor(
    private readonly privacy: PrivacyService,
    private readonly exports: PersonExportService,
    private readonly archive: JobArchive,
  ) {}

  @Get()
  @Audited('person.read')
  @ApiOperation({ summary: 'What is stored of somebody, in short' })
  @ApiOkResponse({ type: PersonOverviewView })
  @ApiProblems('field_invalid')
  async show(@Param() person: PersonRequest): Promise<PersonOverviewView> {
    const stored = (await this.archive.ofUser(person.platform, person.id)).length;
    return overviewOf(person, await this.privacy.choices(person.platform, person), stored);
  }

  @Patch()
  @Audited('person.change')
  @ApiOperation({ summary: 'Opt somebody out, or in again, as they could in chat' })
  @ApiOkResponse({ type: PersonOverviewView })
  @ApiProblems('field_invalid', 'json_malformed')
  async choose(@Param() person: PersonRequest, @Body() choices: ChoicesRequest): Promise<PersonOverviewView> {
    await this.privacy.choose(person.platform, person, changeOf(choices));
    return this.show(person);
  }

  @Get('export')
  @Audited('person.export')
  @ApiOperation({
    summary: 'All that is stored of somebody, as a file',
    description: 'The same that `/hark privacy` gives people themselves.',
  })
  @ApiOkResponse({ description: 'Choices, use of the limits, and every recording with its transcript.' })
  @ApiProblems('field_invalid')
  async export(
    @Param() { platform, id }: PersonRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PersonExport> {
    response.attachment(`hark-export-${platform}-${id}.json`);
    return this.exports.of(platform, id);
  }

  @Delete()
  @Audited('person.erase')
  @ApiOperation({
    summary: 'Erase all that somebody spoke or asked for',
    description:
      'Their jobs with transcripts, audio and what was posted. What they chose stays unless `choices` is true.',
  })
  @ApiOkResponse({ type: ErasureView })
  @ApiProblems('field_invalid')
  async erase(@Param() person: PersonRequest, @Query() { choices }: ErasureRequest): Promise<ErasureView> {
    const { platform } = person;
    const erased = choices
      ? await this.privacy.eraseAll(platform, person)
      : await this.privacy.eraseMine(platform, person);
    return { erased };
  }
}
