import { Body, Controller, Get, Param, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { PlaceQuotasService } from '../../core/place-quotas.service';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { QuotaPlaceRequest, QuotaRequest, quotaOf } from './quota.request';
import { QuotaView, viewOf } from './quota.view';

/** How much may be asked for: by a server, a channel or a person. */
@ApiTags('quotas')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('admin')
@Controller('quotas/:platform/:kind/:id')
export class QuotasController {
  constructor(private readonly quotas: PlaceQuotasService) {}

  @Get()
  @Audited('quota.read')
  @ApiOperation({ summary: 'What a server, a channel or a person may ask for, and has' })
  @ApiOkResponse({ type: QuotaView })
  @ApiProblems('field_invalid')
  async show(@Param() { platform, kind, id }: QuotaPlaceRequest): Promise<QuotaView> {
    const scope = { platform, kind, id };
    return viewOf(scope, await this.quotas.show(scope));
  }

  @Put()
  @Audited('quota.change')
  @ApiOperation({
    summary: 'Decide what a server, a channel or a person may ask for',
    description:
      'Replaces what was decided before. What is left out is as usual: `{}` takes everything back. Unlike in chat, the ' +
      'limits of all places (`RATE_LIMIT_CHANNEL_…`, `RATE_LIMIT_SERVER_…`) may be exceeded.',
  })
  @ApiOkResponse({ type: QuotaView })
  @ApiProblems('field_invalid', 'json_malformed')
  async decide(
    @Param() { platform, kind, id }: QuotaPlaceRequest,
    @Body() request: QuotaRequest,
  ): Promise<QuotaView> {
    const scope = { platform, kind, id };
    return viewOf(scope, await this.quotas.decide(scope, quotaOf(request, kind)));
  }
}
