import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited, NeedsRole } from '../../access/access.decorators';
import { AuditLog } from '../../core/audit-log';
import { ApiProblems } from '../problems/api-problems.decorator';
import { RequestLimitGuard } from '../request-limit.guard';
import { AuditRequest } from './audit.request';
import { AuditPageView, viewOf } from './audit.view';

const DEFAULT_LIMIT = 50;

/** Who did what. */
@ApiTags('audit')
@ApiBearerAuth()
@UseGuards(RequestLimitGuard)
@NeedsRole('admin')
@Controller('audit')
export class AuditController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @Audited('audit.read')
  @ApiOperation({
    summary: 'Who did what, newest first',
    description:
      'Every change, every look at what people said (a second look at the same within ten minutes is not written ' +
      'down again), and attempts that were refused. Never what was said.',
  })
  @ApiOkResponse({ type: AuditPageView })
  @ApiProblems('field_invalid')
  async list(@Query() { limit = DEFAULT_LIMIT, ...query }: AuditRequest): Promise<AuditPageView> {
    const { entries, nextCursor = null } = await this.log.list({ ...query, limit });
    return { entries: entries.map(viewOf), nextCursor };
  }
}
