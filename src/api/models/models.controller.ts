import { Controller, Get, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NeedsRole } from '../../access/access.decorators';
import { ModelStore } from '../../core/model-store';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { ModelView, viewOf } from './model.view';

/** The models that the local engine can use. */
@ApiTags('stats')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('viewer')
@Controller('models')
export class ModelsController {
  constructor(private readonly models: ModelStore) {}

  @Get()
  @ApiOperation({ summary: 'Models, and how far their downloads are' })
  @ApiOkResponse({ type: [ModelView] })
  @ApiProblems()
  async list(): Promise<ModelView[]> {
    return (await this.models.list()).map(viewOf);
  }
}
