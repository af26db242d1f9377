import { Body, Controller, Delete, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { GlossaryPlace, GlossaryStore } from '../../core/glossary-store';
import { GlossaryService } from '../../core/glossary.service';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { GlossaryRequest, GlossaryTermRequest, NewTermsRequest, placeOf } from './glossary.request';
import { GlossaryPlaceView, GlossaryView, viewOf } from './glossary.view';

const MOST = 500;

/** Names and terms of places, as `/hark glossary` has them in chat. Every call answers with the place's list. */
@ApiTags('glossaries')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('admin')
@Controller('glossaries')
export class GlossariesController {
  constructor(
    private readonly glossary: GlossaryService,
    private readonly store: GlossaryStore,
  ) {}

  @Get()
  @Audited('glossary.read')
  @ApiOperation({
    summary: 'Places that have terms, or suggestions of some',
    description: `${MOST} at most.`,
  })
  @ApiOkResponse({ type: [GlossaryPlaceView] })
  @ApiProblems()
  async places(): Promise<GlossaryPlaceView[]> {
    return (await this.store.places(MOST)).map((place) => ({ ...place, kind: 'server' }));
  }

  @Get(':platform/:kind/:id')
  @Audited('glossary.read')
  @ApiOperation({ summary: 'The names and terms that the engine is told to expect in a place' })
  @ApiOkResponse({ type: GlossaryView })
  @ApiProblems('field_invalid')
  show(@Param() request: GlossaryRequest): Promise<GlossaryView> {
    return this.view(placeOf(request));
  }

  @Post(':platform/:kind/:id/terms')
  @HttpCode(200)
  @Audited('glossary.change')
  @ApiOperation({ summary: 'Add terms; one that was suggested is accepted thereby' })
  @ApiOkResponse({ type: GlossaryView })
  @ApiProblems('field_invalid', 'json_malformed', 'term_invalid', 'glossary_full')
  async add(@Param() request: GlossaryRequest, @Body() { terms }: NewTermsRequest): Promise<GlossaryView> {
    const place = placeOf(request);
    await this.glossary.add(place, terms.join('\n'));
    return this.view(place);
  }

  @Delete(':platform/:kind/:id/terms/:term')
  @Audited('glossary.change')
  @ApiOperation({ summary: 'Remove a term; nothing happens when it is not there' })
  @ApiOkResponse({ type: GlossaryView })
  @ApiProblems('field_invalid', 'term_invalid')
  async remove(@Param() { term, ...request }: GlossaryTermRequest): Promise<GlossaryView> {
    const place = placeOf(request);
    await this.glossary.remove(place, term);
    return this.view(place);
  }

  @Delete(':platform/:kind/:id/suggestions/:term')
  @Audited('glossary.change')
  @ApiOperation({ summary: 'Dismiss a suggestion; nothing happens when it is not there' })
  @ApiOkResponse({ type: GlossaryView })
  @ApiProblems('field_invalid')
  async dismiss(@Param() { term, ...request }: GlossaryTermRequest): Promise<GlossaryView> {
    const place = placeOf(request);
    await this.glossary.dismiss(place, term);
    return this.view(place);
  }

  private async view(place: GlossaryPlace): Promise<GlossaryView> {
    return viewOf(place, await this.glossary.list(place));
  }
}
