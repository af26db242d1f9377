import { Body, Controller, Get, Param, Patch, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { PreferenceStore } from '../../core/preference-store';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { InvalidFieldsError } from '../problems/invalid-fields.error';
import { PlaceRequest, PlaceSettingsRequest, changeOf } from './place.request';
import { PlaceView, viewOf } from './place.view';

const MOST = 500;

/** The settings of servers and channels, as `/hark settings` has them in chat. */
@ApiTags('places')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('admin')
@Controller('places')
export class PlacesController {
  constructor(private readonly preferences: PreferenceStore) {}

  @Get()
  @Audited('place.read')
  @ApiOperation({
    summary: 'Servers and channels for which something was decided',
    description: `${MOST} at most.`,
  })
  @ApiOkResponse({ type: [PlaceView] })
  @ApiProblems()
  async list(): Promise<PlaceView[]> {
    const places = await this.preferences.places(MOST);
    return places.map(({ scope, preferences }) => viewOf(scope, preferences));
  }

  @Get(':platform/:kind/:id')
  @Audited('place.read')
  @ApiOperation({ summary: 'What was decided for a server or channel' })
  @ApiOkResponse({ type: PlaceView })
  @ApiProblems('field_invalid')
  async show(@Param() { platform, kind, id }: PlaceRequest): Promise<PlaceView> {
    const scope = { platform, kind, id };
    return viewOf(scope, await this.preferences.get(scope));
  }

  @Patch(':platform/:kind/:id')
  @Audited('place.change')
  @ApiOperation({ summary: 'Decide for a server or channel, as its admins can in chat' })
  @ApiOkResponse({ type: PlaceView })
  @ApiProblems('field_invalid', 'json_malformed', 'language_unknown')
  async change(
    @Param() { platform, kind, id }: PlaceRequest,
    @Body() request: PlaceSettingsRequest,
  ): Promise<PlaceView> {
    if (kind !== 'server' && request.eraseWithMessage !== undefined)
      throw new InvalidFieldsError([{ field: 'eraseWithMessage', message: 'only servers decide that' }]);
    const scope = { platform, kind, id };
    return viewOf(scope, await this.preferences.set(scope, changeOf(request)));
  }
}
